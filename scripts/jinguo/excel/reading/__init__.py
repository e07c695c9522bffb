"""From a file to raw sheets, whatever program wrote it."""
