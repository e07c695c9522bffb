"""What every room may use: errors, findings, addresses, figures, packages of parts, and where files are written."""
