"""Everything that touches a docx file; nothing else in the package does."""
