"""Removes the annotations of functions, which nothing reads at run time.

Annotations of classes stay, as dataclasses read them; so do those of functions that
`functools.singledispatch` registers by the type of their first parameter.
"""

from __future__ import annotations

import ast

Function = ast.FunctionDef | ast.AsyncFunctionDef


class _Remover(ast.NodeTransformer):
    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._strip(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._strip(node)

    def _strip(self, node: Function) -> ast.AST:
        self.generic_visit(node)
        if any(_registers(decorator) for decorator in node.decorator_list):
            return node
        node.returns = None
        parameters = node.args
        for parameter in (
            *(*parameters.posonlyargs, *parameters.args, *parameters.kwonlyargs),
            *(parameters.vararg, parameters.kwarg),
        ):
            if parameter is not None:
                parameter.annotation = None
        return node


def without_annotations(source: bytes) -> ast.Module:
    """The syntax tree of a module. Raises `SyntaxError`."""
    tree: ast.Module = _Remover().visit(ast.parse(source))
    return tree


def _registers(decorator: ast.expr) -> bool:
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(function, ast.Attribute) and function.attr == "register"
