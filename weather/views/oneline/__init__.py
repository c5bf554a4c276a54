"""One line, for status bars and prompts."""
