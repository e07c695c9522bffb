"""The registry as the office's work sees it: typed tables with addresses, settings, workdays."""
