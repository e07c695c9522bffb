"""What proves a list or a figure to somebody who does not have this program: workbooks with live formulas, sources, certificates."""
