"""Nominations: who is eligible, who scores what, who is on the list, and in which order."""
