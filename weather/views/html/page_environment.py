"""How the templates of the pages are compiled and filled in, without what none of them needs of
Jinja: that takes half of the time of rendering them."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame

from weather.views.html.escaping import PageTemplate


class PageCode(CodeGenerator):
    """Attributes are read and functions are called as in Python. Jinja takes five times as long: it
    looks for an item where there is no such attribute, and for functions that take the context."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


class PageEnvironment(Environment):
    """All templates have the same globals, which are looked up as they are: Jinja chains those of
    each template before them."""

    code_generator_class = PageCode
    template_class = PageTemplate

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return self.globals
