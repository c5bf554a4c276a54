"""How the templates of the pages are compiled and rendered.

Some features of Jinja cost time for each expression, and no template of ours uses them. They are
left out, which halves the time of rendering a page."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame

from weather.views.html.escaping import PageTemplate


class PageCode(CodeGenerator):
    """`a.b` reads an attribute and `f(x)` calls a function, as in Python. Jinja takes five times as
    long: where there is no such attribute, it looks for an item of that name, and with each call it
    looks whether the function takes the context."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            self.fail("no template may use {% call %}, or * or ** in a call", node.lineno)
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


class PageEnvironment(Environment):
    """All templates have the same globals. Jinja puts those of each template before them in a
    `ChainMap`, which takes longer to copy for each page than one dictionary."""

    code_generator_class = PageCode
    template_class = PageTemplate

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return self.globals
