"""Counts of what the service does, over all worker processes, and their text for Prometheus."""
