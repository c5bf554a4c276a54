"""Reduces what code that is not ours says about itself: the lines of its instructions, a seventh of
the bytecode, the names of its local variables, and the classes of its methods."""

from __future__ import annotations

from types import CodeType

_UNITS = 8  # that an entry of the table covers at most
_VARIABLE_ARGUMENTS, _VARIABLE_KEYWORDS = 0x04, 0x08  # flags of code objects (inspect.CO_…)
# Functions that call these may read their own variables by name.
_READERS = {"locals", "vars", "eval", "exec", "dir", "_getframe", "currentframe", "f_locals"}


def without_details(code: CodeType) -> CodeType:
    """The code with one line for each of its functions, that of its `def`, as the functions'
    qualified names their names, and numbers for the names of local variables. Tracebacks name the
    file, the function and where it starts. Parameters and closures keep their names."""
    full, rest = divmod(len(code.co_code) // 2, _UNITS)
    table = _entry(_UNITS) * full + (_entry(rest) if rest else b"")
    inner = (without_details(c) if isinstance(c, CodeType) else c for c in code.co_consts)
    return code.replace(
        co_linetable=table,
        co_consts=tuple(inner),
        co_qualname=code.co_name,
        co_varnames=_variables(code),
    )


def _variables(code: CodeType) -> tuple[str, ...]:
    if _READERS.intersection(code.co_names):
        return code.co_varnames
    flags = code.co_flags
    count = code.co_argcount + code.co_kwonlyargcount
    count += bool(flags & _VARIABLE_ARGUMENTS) + bool(flags & _VARIABLE_KEYWORDS)
    names = code.co_varnames
    return names[:count] + tuple(f"_{number}" for number in range(len(names) - count))


def _entry(units: int) -> bytes:
    """An entry of form 13 of the location table (CPython, InternalDocs/code_objects.md): the line
    differs by 0 from the line before, and there are no columns."""
    return bytes((0x80 | 13 << 3 | units - 1, 0))
