"""What is wrong with a command line."""


class UsageError(Exception):
    """An argument that no command has; the message names it."""
