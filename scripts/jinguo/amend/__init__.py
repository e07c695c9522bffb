"""Changing staff's workbooks: what is proposed, the plan they decide on, and writing exactly that without losing
anything else."""
