"""Projects and contests."""
