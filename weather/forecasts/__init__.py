"""From a place to a report of its weather."""
