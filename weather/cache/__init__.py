"""Freshness, stale-while-revalidate, stale-if-error and single-flight over a store."""
