"""jinguo 巾帼台账: the registry of women's social organisations, from Excel to the documents an office sends."""

__version__ = "0.1.0"
