"""The one URL rule: which addresses from notes may stand in an output that is opened in a browser."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import quote, unquote

from orgkb.org.nodes import Link
from orgkb.patterns import pattern

SAFE_SCHEMES = frozenset({"http", "https", "mailto", "ftp"})
"""Schemes that open a page or a letter and run nothing."""

MAX_URL = 16_384
"""Longest address that is written; no browser or reader takes a longer one."""

_SCHEME = pattern(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
# Characters that RFC 3986 allows nowhere; braces among them would also be read as card templates.
_FORBIDDEN = pattern(r'[\s<>"\\`{|}^]')
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_RESOLVERS = {"doi": "https://doi.org/"}


def external_url(link: Link) -> str | None:
    """The address of LINK, ready to be escaped into an output; None where it has none that is safe.

    Web and mail links, DOIs (by doi.org) and file links with a relative path have one; links inside
    the notes, absolute files and everything that could run something have none.  Abbreviations
    (`#+LINK`) are to be expanded before, by `orgkb.org.links.expand_abbreviation`.
    """
    kind = link.kind.lower()
    if kind in SAFE_SCHEMES:
        return safe_url(f"{kind}:{link.path}")
    if kind in _RESOLVERS:
        return safe_url(_RESOLVERS[kind] + link.path.lstrip("/"))
    if kind == "file" or kind.startswith("file+"):
        return safe_url(_relative(link.path))
    return None


def safe_url(url: str) -> str | None:
    """URL without control characters and with forbidden characters percent-encoded; None where it is not safe.

    Safe are http, https, mailto and ftp addresses, relative ones and `#fragments`.  A scheme is
    looked for as lenient readers find it: after decoding entities and percent signs, without white
    space and invisible characters.  `//host`, `/path` and `~` are absolute, and so not safe.
    """
    if len(url) > MAX_URL:
        return None
    plain = url.isascii() and url.isprintable()  # most are, and nothing in them is invisible
    visible = url.strip() if plain else "".join(c for c in url if unicodedata.category(c) not in _INVISIBLE).strip()
    if not visible:
        return None
    scheme = _scheme(visible)
    if scheme is not None:
        # What hides behind an allowed scheme is that scheme's affair: a host, never a script.
        return _encode(visible) if scheme in SAFE_SCHEMES and len(visible) > len(scheme) + 1 else None
    for form in _readings(visible):
        if _scheme(form) is not None or form.startswith(("/", "\\", "~")):
            return None
    return _encode(visible)


def _readings(text: str) -> list[str]:
    """TEXT as it may be read after one decoding or another, without white space."""
    if text.isascii() and text.isprintable() and "%" not in text and "&" not in text:
        return ["".join(text.split())]
    forms = [text]
    for _ in range(3):  # doubly and triply encoded; a further level is not decoded by any reader
        decoded = unicodedata.normalize("NFKC", html.unescape(unquote(forms[-1], errors="replace")))
        if decoded == forms[-1]:
            break
        forms.append(decoded)
    return ["".join(c for c in form if not c.isspace() and unicodedata.category(c) not in _INVISIBLE) for form in forms]


def _scheme(text: str) -> str | None:
    match = _SCHEME.match("".join(text.split()))
    return match.group(1).lower() if match else None


def _relative(path: str) -> str:
    """PATH as a relative address: a `?` or `#` in a file name is no query, a colon in it no scheme."""
    encoded = path.replace("%", "%25").replace("?", "%3F").replace("#", "%23") if not _is_encoded(path) else path
    first = encoded.split("/", 1)[0]
    return f"./{encoded}" if ":" in first and not _SCHEME.match(first) else encoded


def _is_encoded(path: str) -> bool:
    return re.search(r"%[0-9A-Fa-f]{2}", path) is not None


def _encode(url: str) -> str:
    return _FORBIDDEN.sub(lambda match: quote(match.group(), safe=""), url)
