"""Faults by the thousand: bytes that flipped, runs that were killed or ran at once, input that would take for ever."""
