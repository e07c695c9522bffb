"""Changing single cells inside the parts of a workbook; every other byte stays."""
