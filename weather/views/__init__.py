"""Pure rendering: a folder or file for each representation of a report."""
