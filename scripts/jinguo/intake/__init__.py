"""From raw sheets to the registry: which sheet is which table, its header, rows, columns, values and references."""
