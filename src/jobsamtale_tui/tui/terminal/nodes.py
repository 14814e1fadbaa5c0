"""What a widget has bound, which Textual tells of the focus and what lies around it alone."""

from collections.abc import Iterator

from textual.binding import Binding
from textual.dom import DOMNode


def bindings_of(node: DOMNode) -> Iterator[Binding]:
    """The bindings of one widget, screen or app, a binding for each of its keys."""
    for _key, binding in node._bindings:
        yield binding
