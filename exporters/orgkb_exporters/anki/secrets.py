"""What must not get onto a card: credentials, tokens, keys, and internal addresses with a user's name."""

from __future__ import annotations

import re

from orgkb.patterns import pattern

_PRIVATE_HOST = (
    r"(?:10\.\d{1,3}\.\d{1,3}\.\d{1,3}|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|192\.168\.\d{1,3}\.\d{1,3}"
    r"|172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.\d{1,3}|169\.254\.\d{1,3}\.\d{1,3}"
    r"|[\w.-]{1,100}\.(?:local|lan|internal|intranet|intra|corp|home|localdomain))"
)
# A value that stands for a value: <password>, $PASS, ${PASS}, %s, {{pass}}, [..], ****, xxx, ...
_PLACEHOLDER = r"""(?![<$%{\[(*…]|["'][<$%{\[*]|x{3,}|\.{2,})"""
_RULES: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (name, tuple(marks.split()), pattern(rule, re.IGNORECASE))
    for name, marks, rule in (
        ("a password in an address", "@", rf"://[^\s/:@]{{1,100}}:{_PLACEHOLDER}[^\s/@]{{1,200}}@"),
        ("a user name at an address", "@", r"://[\w.%+-]{1,100}@\d{1,3}\.\d{1,3}"),
        ("a user name at an internal address", "@", rf"[\w.%+-]{{1,100}}@{_PRIVATE_HOST}(?![\w.])"),
        (
            "a password",
            "pass pwd парол",
            rf"(?:\bpass(?:word|wd|phrase)?|\bpwd|парол[ья]|[_-](?:pass(?:word|wd)?|pwd))\s{{0,3}}[=:]\s{{0,3}}{_PLACEHOLDER}[^\s<]{{4,}}",
        ),
        (
            "a token or key",
            "token secret key",
            rf"(?:token|secret|api[_-]?key|access[_-]?key(?:[_-]id)?|private[_-]?key|client[_-]?secret)\s{{0,3}}[=:]\s{{0,3}}{_PLACEHOLDER}[\"']?[\w+/=.-]{{8,}}",
        ),
        ("a token", "bearer", r"\bbearer\s{1,3}[\w.~+/-]{16,}"),
        ("a token", "eyj", r"\beyJ[\w-]{10,500}\.[\w-]{10,500}\."),
        (
            "a token",
            "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- xox",
            r"\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,})",
        ),
        (
            "a token",
            "sk- akia aiza dckr_pat_ hf_",
            r"\b(?:sk-[\w-]{20,}|AKIA[0-9A-Z]{16}|AIza[\w-]{30,}|dckr_pat_[\w-]{20,}|hf_[A-Za-z0-9]{20,})",
        ),
        ("a private key", "-----begin", r"-----BEGIN [A-Z ]{0,40}PRIVATE KEY"),
        (
            "a password of a command",
            "sshpass mysql",
            rf"\b(?:sshpass|mysql(?:dump)?)\b.{{0,60}}\s-p\s?{_PLACEHOLDER}[^\s-][^\s]{{3,}}",
        ),
        (
            "a password of a command",
            "-u",
            rf"(?:\s-u|--user)[\s=][\w.@-]{{1,60}}:{_PLACEHOLDER}[^\s/:]{{3,}}(?:\s|$)",
        ),
        ("a password of a command", "--password", rf"--password[\s=]{_PLACEHOLDER}[^\s-][^\s]{{3,}}"),
    )
)
"""(what it is, in small letters what every such text has one of, the rule)."""
_FOLDED_OTHERWISE = "ıİſ\N{KELVIN SIGN}"
"""Letters that the rules take for `i`, `s` and `k`, but that are no small form of them."""


def found_secret(text: str) -> str | None:
    """What sort of secret TEXT seems to hold, in words for the user that do not repeat it; None for none."""
    if any(letter in text for letter in _FOLDED_OTHERWISE):
        return next((name for name, _, rule in _RULES if rule.search(text)), None)
    # Most texts have none of the marks, which is told much faster than that no rule applies.
    small = text.lower()
    return next((name for name, marks, rule in _RULES if any(m in small for m in marks) and rule.search(text)), None)
