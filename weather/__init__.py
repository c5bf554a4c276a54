"""The weather where you are."""
