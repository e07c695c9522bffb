"""The year in figures: each compared with a count by hand."""
