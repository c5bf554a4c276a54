"""From a query to a place."""
