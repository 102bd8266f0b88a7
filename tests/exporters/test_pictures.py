"""Which pictures are only pictures."""

from __future__ import annotations

import pytest

from orgkb_exporters.pictures import is_active_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x()</script>",
        "<SCRIPT/>",
        '<svg:script xmlns:svg="http://www.w3.org/2000/svg"/>',
        "<g onclick='x()'/>",
        "<g\nonload=x()>",
        "<animate onbegin='x()'/>",
        '<a xlink:href="javascript:x()"/>',
        '<a href="java&#10;script:x()"/>',
        '<a href="&#106;avascript:x()"/>',
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>',
        '<image href="https://example.org/pixel.png"/>',
        '<image xlink:href="file:///etc/passwd"/>',
        '<use href="other.svg#x"/>',
        "<style>@import 'x.css'</style>",
        '<rect fill="url(https://example.org/x)"/>',
    ],
)
def test_what_runs_or_fetches_something_is_no_picture(inside: str) -> None:
    assert is_active_svg(f"{HEAD}{inside}</svg>".encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_what_hides_in_another_encoding_is_no_picture(encoding: str) -> None:
    assert is_active_svg(f"{HEAD}</svg>".encode(encoding))


@pytest.mark.parametrize(
    "inside",
    [
        "<path d='M0 0'/><text>on and on = off, once upon</text>",
        '<use xlink:href="#shape"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        '<rect fill="url(#gradient)" style="fill:url(&quot;#g&quot;)"/>',
        '<a href="https://example.org/"><text>scripts</text></a>',
        "<style>.a { fill: red }</style><desc>Иван</desc>",
    ],
)
def test_what_only_draws_is_a_picture(inside: str) -> None:
    assert not is_active_svg(f'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg>{HEAD}{inside}</svg>'.encode())
