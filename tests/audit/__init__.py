"""Packages for review: what a third person checks without this program."""
