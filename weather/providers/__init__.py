"""The sources of data: one file for each with its adapter and declaration, and their registry."""
