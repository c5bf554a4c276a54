"""What is wrong with a command line."""


class UsageError(Exception):
    """An argument that no command has; the message names it."""


class ImpossibleArgument(UsageError):
    """An option with a value that it cannot have, or without effect beside others."""
