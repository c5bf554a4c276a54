"""Pure rendering: one folder for each representation of a report."""
