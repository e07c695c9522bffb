"""Many registries at once: the counties below a folder or an address, worked out one by one, added up by city and province."""
