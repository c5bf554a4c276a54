"""One file for each representation of a report."""
