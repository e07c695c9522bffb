"""The office's own paperwork: the register of its document numbers."""
