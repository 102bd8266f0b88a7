"""What exporters keep in memory from one build to the next, in a program that builds again and again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Any, Self, TypeVar

T = TypeVar("T", bound=AbstractContextManager[Any])


class Kept:
    """Values by name, each made once and closed at the end.  What is kept only saves time: without it, the bytes are the same."""

    def __init__(self) -> None:
        self._values: dict[str, AbstractContextManager[Any]] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._values.clear()
        self._stack.close()

    def take(self, name: str, make: Callable[[], T]) -> T:
        """The value called NAME, an open context manager; at first it is made by MAKE."""
        if name not in self._values:
            value = make()
            self._stack.enter_context(value)
            self._values[name] = value
        return self._values[name]  # type: ignore[return-value] # what MAKE made under this name
