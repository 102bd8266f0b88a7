"""What seems to be a secret is told, whatever stands around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb_exporters.anki import secrets

SECRETS = {
    "postgres://ann:hunter22@db.example.org/x": "a password in an address",
    "ssh://ann@10.1.2.3": "a user name at an address",
    "ann@build.internal": "a user name at an internal address",
    "PASSWORD = hunter22": "a password",
    "пароль: весна2024": "a password",
    "api_key=abcdefgh12": "a token or key",
    "ſecret=abcdefgh12": "a token or key",
    "toKen: abcdefgh12": "a token or key",
    "Authorization: Bearer abcdefghijklmnop": "a token",
    "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.x": "a token",
    "ghp_abcdefghijklmnopqrst": "a token",
    "xoxb-1234567890": "a token",
    "AKIAABCDEFGHIJKLMNOP": "a token",
    "-----BEGIN RSA PRIVATE KEY-----": "a private key",
    "mysqldump -u root -phunter22": "a password of a command",
    "curl -u ann:hunter22 x": "a password of a command",
    "tool --password hunter22": "a password of a command",
}
WORDS = (
    *SECRETS,
    "pass",
    "token",
    "@",
    "-u",
    "://",
    " ",
    "\n",
    "the keys",
    "password: <password>",
    "İſıK",
    "eyj",
    "sk-",
)


@pytest.mark.parametrize(("text", "what"), SECRETS.items())
def test_a_secret_is_found(text: str, what: str) -> None:
    assert secrets.found_secret(text) == what


@pytest.mark.parametrize(
    "text", ["", "password: <password>", "a token of the lexer", "user@example.org", "$PASSWORD=$PASS"]
)
def test_what_is_none_is_not(text: str) -> None:
    assert secrets.found_secret(text) is None


@given(st.lists(st.sampled_from(WORDS), max_size=6), st.booleans())
def test_no_secret_slips_by_the_marks(words: list[str], capitals: bool) -> None:
    text = " ".join(words)
    text = text.upper() if capitals else text
    told = [name for name, _, rule in secrets._RULES if rule.search(text)]
    assert secrets.found_secret(text) == (told[0] if told else None)
