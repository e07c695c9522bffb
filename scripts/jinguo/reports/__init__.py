"""Workbooks for looking: findings, statistics, eligibility, comparisons."""
