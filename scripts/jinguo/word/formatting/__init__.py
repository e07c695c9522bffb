"""A finished document put right to GB/T 9704-2012 and the office's own rules, in a copy."""
