"""调查摸底: what is asked of whom, what came back, and what that means for the registry; pure functions over a registry."""
