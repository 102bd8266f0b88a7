"""Files that come with a package: word lists, templates, tables."""

from __future__ import annotations

from pkgutil import get_data

__all__ = ["shipped"]


def shipped(package: str, path: str) -> bytes:
    """The file at PATH, with forward slashes, of PACKAGE; FileNotFoundError where there is none.

    `importlib.resources` does the same, and loads a dozen modules for it.
    """
    data = get_data(package, path)
    if data is None:
        raise FileNotFoundError(f"{package}/{path}")
    return data
