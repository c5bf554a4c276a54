"""The outside: one file for each provider."""
