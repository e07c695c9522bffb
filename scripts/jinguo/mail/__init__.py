"""E-mail drafts: who gets what, and the .eml files that mail programs open."""
