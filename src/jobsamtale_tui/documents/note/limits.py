"""What a municipality's own template may use up: steps and letters. What it reaches is the sandbox's to guard."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.nodes import Concat

LONGEST = 1_000_000
"""Characters in a note or a part of it, far above what a session holds: a template that writes more is running wild."""
MOST_STEPS = 200_000
"""Rounds of loops and calls of macros and files, likewise."""
_STEP = "_step"
_REPEATING = frozenset({"for", "macro", "call", "include", "import", "from", "block"})
_steps: ContextVar[list[int]] = ContextVar("steps")


class Steps(Extension):
    """Counts each round of a loop and each call of a macro or a file, by a word of ours at its beginning."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The template's tokens, with `{{ _step() }}` behind every tag that can make it go on."""
        tag = ""
        before = ""
        for token in stream:
            if before == "block_begin":
                tag = token.value
            before = token.type
            yield token
            if token.type == "block_end" and tag in _REPEATING:
                for kind, value in (
                    ("variable_begin", "{{"),
                    ("name", _STEP),
                    ("lparen", "("),
                    ("rparen", ")"),
                    ("variable_end", "}}"),
                ):
                    yield Token(token.lineno, kind, value)


class Joining(CodeGenerator):
    """Has `~` counted as well: it makes a long text out of a short one in a few lines."""

    def visit_Concat(self, node: Concat, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        """The parts, joined by us."""
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


@contextmanager
def counted() -> Iterator[None]:
    """A run of a template: OverflowError where it takes more steps than there are."""
    before = _steps.set([0])
    try:
        yield
    finally:
        _steps.reset(before)


def step() -> str:
    """One step more; nothing is written."""
    taken = _steps.get()
    taken[0] += 1
    if taken[0] > MOST_STEPS:
        raise OverflowError("the template goes on without end")
    return ""


def joined(parts: Iterable[Any]) -> str:
    """The parts as one text."""
    return str(capped("".join(map(str, parts))))


def capped(value: Any) -> Any:
    """A text or a list that is not longer than any note."""
    if isinstance(value, (str, list)) and len(value) > LONGEST:
        raise OverflowError("the note grows without end")
    return value


def capping(call: Callable[..., Any]) -> Callable[..., Any]:
    """A filter whose result is `capped`."""

    def within(*arguments: Any, **named: Any) -> Any:
        return capped(call(*arguments, **named))

    if hasattr(call, "jinja_pass_arg"):  # it wants the environment as well
        within.jinja_pass_arg = call.jinja_pass_arg  # type: ignore[attr-defined]
    return within


GLOBALS = {_STEP: step}
