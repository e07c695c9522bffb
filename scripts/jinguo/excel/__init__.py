"""Everything that touches an xlsx file; nothing else in the package does."""
