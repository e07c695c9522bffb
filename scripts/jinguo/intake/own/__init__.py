"""An office's own registers, as they are: which of our tables each sheet holds, and reading through that."""
