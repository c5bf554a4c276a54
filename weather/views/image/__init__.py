"""The preview picture of a page."""
