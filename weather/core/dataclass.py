"""`dataclass` of the standard library, for classes that are many.

The standard library compiles six methods of each class when its module is imported: 0.6 ms a class,
a quarter of the time in which this service is imported. Here each is compiled at its first call.
Neither `InitVar` nor `order` is supported.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
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
            _add(cls, __init__=_deferred(cls, _init, frozen))
            if repr:
                _add(cls, __repr__=_deferred(cls, _repr))
            if eq:
                hash_of = _deferred(cls, _hash) if frozen else None
                _add(cls, __eq__=_deferred(cls, _eq), __hash__=hash_of)
            if frozen:
                _add(cls, __setattr__=_refuse, __delattr__=_refuse)
            if frozen and slots:
                _add(cls, __setstate__=_set_state)
            return cls

        return decorate


Method = Callable[..., Any]


def _add(cls: type, **methods: Any) -> None:
    """Those that the class does not define itself. One that defines `__eq__` alone has None as its
    `__hash__`."""
    own = vars(cls)
    for name, method in methods.items():
        if own.get(name) is None:
            setattr(cls, name, method)


def _deferred(cls: type, compiled: Callable[..., Method], *of: Any) -> Method:
    """A method that replaces itself by the compiled one at its first call."""

    def first(self: Any, *arguments: Any, **named: Any) -> Any:
        method = compiled(cls, *of)
        setattr(cls, method.__name__, method)
        return method(self, *arguments, **named)

    return first


def _init(cls: type, frozen: bool) -> Method:
    names: dict[str, Any] = {"_set": object.__setattr__, "_MISSING": dataclasses.MISSING}
    positional, named, lines = ["self"], list[str](), list[str]()
    for field in filter(attrgetter("init"), dataclasses.fields(cls)):
        name = value = parameter = field.name
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
    return _method(cls, f"__init__({parameters})", lines or ["pass"], names)


def _eq(cls: type) -> Method:
    comparison = f"{_values(cls, 'self')} == {_values(cls, 'other')}"
    is_same = "other.__class__ is self.__class__"
    lines = [f"return {comparison} if {is_same} else NotImplemented"]
    return _method(cls, "__eq__(self, other)", lines)


def _hash(cls: type) -> Method:
    return _method(cls, "__hash__(self)", [f"return hash({_values(cls, 'self')})"])


def _values(cls: type, of: str) -> str:
    """The tuple of the values that are compared."""
    compared = [field.name for field in dataclasses.fields(cls) if field.compare]
    return f"({''.join(f'{of}.{name}, ' for name in compared)})"


def _method(
    cls: type, head: str, lines: Iterable[str], names: dict[str, Any] | None = None
) -> Method:
    names = names or {}
    body = "\n ".join(lines)
    exec(f"def {head}:\n {body}", names)  # noqa: S102  # of names of fields
    method: Method = names[head.partition("(")[0]]
    method.__qualname__ = f"{cls.__qualname__}.{method.__name__}"
    return method


def _repr(cls: type) -> Method:
    names = [field.name for field in dataclasses.fields(cls) if field.repr]
    values = ", ".join(f"{name}={{self.{name}!r}}" for name in names)
    # A subclass has its own name.
    return _method(cls, "__repr__(self)", [f"return f'{{type(self).__qualname__}}({values})'"])


def _refuse(self: Any, name: str, *_: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")


def _set_state(self: Any, state: tuple[None, dict[str, Any]]) -> None:
    """Of a copy, whose slots `copy` would set."""
    for name, value in state[1].items():
        object.__setattr__(self, name, value)
