"""`dataclass` of the standard library, for classes that are many.

The standard library compiles six methods of each class when its module is imported: 0.6 ms a class,
a quarter of the time in which this service is imported. Here `__init__` is compiled at its first
call, and the others are closures of C functions. Neither `InitVar` nor defaults of fields with
`init=False` are supported.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        *,
        frozen: bool = False,
        eq: bool = True,
        repr: bool = True,  # the standard library's name
        slots: bool = False,
        **options: bool,
    ) -> Callable[[type], type]:
        """As `dataclasses.dataclass`, with its `kw_only` and `weakref_slot` too."""

        def decorate(cls: type) -> type:
            # Without a docstring, the standard library computes one of the signature.
            cls.__doc__ = cls.__doc__ or cls.__name__
            cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, **options)(
                cls
            )
            fields = dataclasses.fields(cls)
            _add(cls, __init__=_first_init(cls, fields, frozen))
            if repr:
                _add(cls, __repr__=_repr([field.name for field in fields if field.repr]))
            if eq:
                values = _values([field.name for field in fields if field.compare])
                _add(cls, __eq__=_eq(values), __hash__=_hash(values) if frozen else None)
            if frozen:
                _add(cls, __setattr__=_refuse, __delattr__=_refuse)
            if frozen and slots:
                _add(cls, __setstate__=_set_state)
            return cls

        return decorate


def _add(cls: type, **methods: Any) -> None:
    """Those that the class does not define itself. One that defines `__eq__` alone has None as its
    `__hash__`."""
    own = vars(cls)
    for name, method in methods.items():
        if own.get(name) is None:
            setattr(cls, name, method)


def _first_init(
    cls: type, fields: Sequence[dataclasses.Field[Any]], frozen: bool
) -> Callable[..., None]:
    """An `__init__` that replaces itself by a compiled one."""

    def first(self: Any, *arguments: Any, **named: Any) -> None:
        init = _compiled(cls, fields, frozen)
        cls.__init__ = init  # type: ignore[misc]
        init(self, *arguments, **named)

    return first


def _compiled(
    cls: type, fields: Iterable[dataclasses.Field[Any]], frozen: bool
) -> Callable[..., None]:
    names: dict[str, Any] = {"_set": object.__setattr__, "_MISSING": dataclasses.MISSING}
    positional, named, lines = ["self"], list[str](), list[str]()
    for field in fields:
        if not field.init:
            continue
        name = value = field.name
        parameter = name
        if field.default_factory is not dataclasses.MISSING:
            names[f"_new_{name}"] = field.default_factory
            parameter = f"{name}=_MISSING"
            value = f"_new_{name}() if {name} is _MISSING else {name}"
        elif field.default is not dataclasses.MISSING:
            names[f"_default_{name}"] = field.default
            parameter = f"{name}=_default_{name}"
        (named if field.kw_only else positional).append(parameter)
        lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    parameters = ", ".join([*positional, *(["*", *named] if named else [])])
    body = "\n ".join(lines or ["pass"])
    exec(f"def __init__({parameters}):\n {body}", names)  # noqa: S102  # of names of fields
    init: Callable[..., None] = names["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _values(names: Sequence[str]) -> Callable[[Any], object]:
    """Of an object, the tuple of its values."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


def _eq(values: Callable[[Any], object]) -> Callable[[Any, Any], Any]:
    def eq(self: Any, other: Any) -> Any:
        is_same = other.__class__ is self.__class__
        return values(self) == values(other) if is_same else NotImplemented

    return eq


def _hash(values: Callable[[Any], object]) -> Callable[[Any], int]:
    def hash_of(self: Any) -> int:
        return hash(values(self))

    return hash_of


def _repr(names: Iterable[str]) -> Callable[[Any], str]:
    def text(self: Any) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({values})"

    return text


def _refuse(self: Any, name: str, *_: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")


def _set_state(self: Any, state: tuple[None, dict[str, Any]]) -> None:
    """Of a copy, whose slots `copy` would set."""
    for name, value in state[1].items():
        object.__setattr__(self, name, value)
