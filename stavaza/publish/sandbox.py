"""Jinja's sandbox with short ways to what views hold: a page costs little more than its text.

Views are frozen and hold plain values only: there is nothing in them to guard, and asking the
sandbox for every attribute and every macro costs more than the rest of a page together. Everything
that is not a field of a view goes through the sandbox as always.
"""

from __future__ import annotations

import re
from dataclasses import is_dataclass
from functools import partial
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup, escape

from stavaza.publish import chart_view, data_view, index_view, view
from stavaza.publish.controls import CONTROLS, without_controls

_VIEWS = [
    made
    for module in (view, chart_view, index_view, data_view)
    for made in vars(module).values()
    if isinstance(made, type) and (is_dataclass(made) or issubclass(made, tuple))
]


def _holders() -> dict[str, frozenset[type]]:
    """By name of a field or property: the views that have it."""
    found: dict[str, set[type]] = {}
    for made in _VIEWS:
        for name in (*getattr(made, "__dataclass_fields__", ()), *vars(made)):
            if not name.startswith("_"):
                found.setdefault(name, set()).add(made)
    return {name: frozenset(types) for name, types in found.items()}


_HOLDERS = _holders()
_sign_in = re.compile(rf"[&<>\"'{CONTROLS}]").search


_safe = partial(str.__new__, Markup)
"""Text that is HTML, as a macro makes it, without asking whether it is more than text."""


def _plain(value: object) -> str:
    """A value as text that stands in HTML as it is."""
    if type(value) is str:
        return escape(without_controls(value)) if _sign_in(value) else value
    if type(value) is Markup:
        return value
    return str(value) if type(value) is int else escape(value)


class _Code(CodeGenerator):
    """Writes the short ways into a compiled template."""

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """The attribute of a view directly; of anything else what the sandbox allows."""
        if node.attr not in _HOLDERS:
            super().visit_Getattr(node, frame)
            return
        self.write(f"(held.{node.attr} if type(held := ")
        self.visit(node.node, frame)
        name = repr(node.attr)
        self.write(f") in environment.holders[{name}] else environment.getattr(held, {name}))")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        self.write("environment.plain(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: object) -> None:
        self.write(")")


def _is_plain(macro: Macro) -> bool:
    """Whether a macro takes what it names and nothing else, and escapes as all others do."""
    return (
        not (macro.catch_kwargs or macro.catch_varargs or macro.caller)
        and macro._default_autoescape
    )


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of page templates."""

    code_generator_class = _Code

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.holders = _HOLDERS  # found sooner on the environment than on its class
        self.plain = _plain

    def call(self, context: Context, called: object, /, *args: object, **named: object) -> object:
        """A macro of the template directly; anything else when the sandbox allows it.

        What `Macro` does with its arguments costs more than most macros do; here it is needed for
        the ones that are not plain.
        """
        if type(called) is Macro:
            named.pop("_loop_vars", None)  # for what wants the context, which a macro does not
            named.pop("_block_vars", None)
            lacking = len(called.arguments) - len(args)
            if not named and lacking >= 0 and _is_plain(called):
                made = called._func(*args, *[missing] * lacking)
                return _safe(made)
            return called(*args, **named)
        return super().call(context, called, *args, **named)
