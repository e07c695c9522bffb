"""Surveys: forms out, what comes back in, merged without losing anybody's work."""
