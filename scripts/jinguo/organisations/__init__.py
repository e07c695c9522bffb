"""The organisations: membership, conditions of registration, inspections, probable duplicates."""
