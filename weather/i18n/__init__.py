"""Languages and their message catalogues."""
