"""Our dataclasses are those of the standard library, but for the time of their import."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, replace
from pathlib import Path
from typing import Any, ClassVar

import pytest

from weather.core.dataclass import dataclass

ROOT = Path(__file__).parents[2]
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Base:
    first: int
    second: str = "b"
    listed: list[int] = field(default_factory=list)
    hidden: int = field(default=0, repr=False, compare=False)
    kind: ClassVar[str] = "base"


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived(Base):
    third: float
    fourth: float = 4.0

    def __post_init__(self) -> None:
        if self.third < 0:
            raise ValueError(self.third)


@dataclass(frozen=True)
class WithDictionary:  # noqa: PLW1641  # it is made
    value: int

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WithDictionary)


@dataclass(slots=True)
class Mutable:
    value: float
    computed: float = field(init=False)

    def __post_init__(self) -> None:
        self.computed = self.value * 2


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Plain:
    value: int


@dataclass(frozen=True, slots=True)
class Empty:
    pass


def of_the_library(cls: type) -> Any:
    """A class of the same fields and methods, made by the standard library."""
    own = {Base: "first second listed hidden", Mutable: "value computed", Empty: ""}[cls].split()
    namespace: dict[str, Any] = {"__annotations__": dict.fromkeys(own, "Any")}
    namespace["__qualname__"] = cls.__qualname__
    for one in fields(cls):
        if one.default is not dataclasses.MISSING:
            namespace[one.name] = field(
                default=one.default, repr=one.repr, compare=one.compare, hash=one.hash
            )
        elif one.default_factory is not dataclasses.MISSING:
            namespace[one.name] = field(default_factory=one.default_factory)
        elif not one.init:
            namespace[one.name] = field(init=False)
    if hasattr(cls, "__post_init__"):
        namespace["__post_init__"] = cls.__post_init__
    frozen = cls is not Mutable
    return dataclasses.dataclass(frozen=frozen, slots=True)(type(cls.__name__, (), namespace))


CALLS: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (Base, lambda make: make(1)),
    (Base, lambda make: make(1, "x", [2], 3)),
    (Base, lambda make: make(first=1, hidden=3)),
    (Base, lambda make: make(second="x", first=1, listed=[4])),
    (Mutable, lambda make: make(1.5)),
    (Empty, lambda make: make()),
)


@pytest.mark.parametrize(("cls", "call"), CALLS)
def test_an_object_is_that_of_the_standard_library(cls: Any, call: Callable[[Any], Any]) -> None:
    library = of_the_library(cls)
    ours, theirs = call(cls), call(library)
    assert repr(ours) == repr(theirs)
    assert dataclasses.astuple(ours) == dataclasses.astuple(theirs)
    assert cls.__match_args__ == library.__match_args__
    assert (ours == call(cls)) is (theirs == call(library))
    assert not hasattr(ours, "__dict__")


@pytest.mark.parametrize(
    "call",
    [
        lambda: Base(1, "b", [], 0, 5),  # type: ignore[call-arg]
        lambda: Base(1, unknown=1),  # type: ignore[call-arg]
        lambda: Derived(1, "b", [], 0, 5.0),  # type: ignore[call-arg]
        lambda: Derived(1),  # type: ignore[call-arg]
    ],
)
def test_arguments_that_do_not_fit_are_an_error(call: Callable[[], object]) -> None:
    with pytest.raises(TypeError, match=r"__init__\(\)"):
        call()


def test_fields_are_inherited_and_named_ones_stand_last() -> None:
    derived = Derived(1, "x", third=3.0)
    assert [one.name for one in fields(Derived)][-2:] == ["third", "fourth"]
    assert repr(derived) == "Derived(first=1, second='x', listed=[], third=3.0, fourth=4.0)"
    assert replace(derived, fourth=5.0).fourth == 5.0
    with pytest.raises(ValueError, match="-1"):
        Derived(1, third=-1)


def test_defaults_of_a_factory_are_not_shared() -> None:
    assert Base(1).listed is not Base(1).listed


def test_equal_objects_have_equal_hashes_and_other_classes_differ() -> None:
    assert Coordinate(1, 2.0) == Coordinate(1, 2.0)
    assert hash(Coordinate(1, 2.0)) == hash(Coordinate(1, 2.0))
    assert Coordinate(1, 2.0) != Coordinate(1, 2.5)
    other: object = Other(1, 2.0)
    assert Coordinate(1, 2.0) != other
    assert Coordinate(1, NAN) == Coordinate(1, NAN)
    assert Base(1, hidden=1) == Base(1, hidden=2)
    assert Plain(1) != Plain(1)
    assert len({Plain(1), Plain(1), Empty(), Empty()}) == 3


@dataclass(frozen=True, slots=True)
class Coordinate:
    one: int
    two: float


@dataclass(frozen=True, slots=True)
class Other:
    one: int
    two: float


def test_one_that_can_change_has_no_hash() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(Mutable(1))


def test_methods_of_the_class_itself_remain() -> None:
    assert WithDictionary(1) == WithDictionary(2)
    assert hash(WithDictionary(1)) != hash(WithDictionary(2))


def test_a_frozen_object_does_not_change() -> None:
    for frozen in (Base(1), Derived(1, third=1), WithDictionary(1)):
        with pytest.raises(FrozenInstanceError):
            frozen.first = 2  # type: ignore[misc,union-attr]
        with pytest.raises(FrozenInstanceError):
            del frozen.first  # type: ignore[union-attr]
    changed = Mutable(1)
    changed.value = 2
    assert changed == replace(changed) or changed.computed == 2


@pytest.mark.parametrize("value", [Base(1, "x", [2]), WithDictionary(3), Mutable(4), Empty()])
def test_objects_can_be_copied(value: Any) -> None:
    for copied in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301
        assert copied == value
        assert copied is not value


def test_no_module_of_the_service_compiles_the_library_s_methods_at_import() -> None:
    """They took a quarter of the import's time."""
    code = """
import sys
import app
from weather.views import deferred
deferred.load()
for name, module in [*sys.modules.items()]:
    for cls in vars(module).values() if name.startswith("weather.") else ():
        if isinstance(cls, type) and cls.__module__ == name:
            parameters = vars(cls).get("__dataclass_params__")
            if parameters and (parameters.init or parameters.repr or parameters.eq):
                print(name, cls.__qualname__)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not done.stdout
