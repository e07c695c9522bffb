"""An office's own registers, as they are."""
