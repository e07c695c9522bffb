"""Training: events, attendance and hours, and the notices that announce events."""
