"""The reference for staff, generated from the code."""
