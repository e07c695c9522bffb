"""Versions of a registry: what changed between two."""
