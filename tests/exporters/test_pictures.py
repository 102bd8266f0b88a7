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
        '<h:img xmlns:h="http://www.w3.org/1999/xhtml" src="x.png"/>',
        '<audio xmlns="http://www.w3.org/1999/xhtml" src="x.mp3" autoplay=""/>',
        '<meta xmlns="http://www.w3.org/1999/xhtml" http-equiv="refresh" content="0;url=x"/>',
        '<h:form xmlns:h="http://www.w3.org/1999/xhtml" action="x"/>',
        "<style>@\\69mport 'x.css'</style>",
        "<style>a{background:u\\72l(x)}</style>",
        "<style>a{background:u/**/rl(x)}</style><style>@im/**/port 'x'</style>",
        "<rect style=\"fill:image-set('x.png' 1x)\"/>",
        '<linearGradient xlink:href="other.svg#x"/>',
        '<textPath xlink:href="other.svg#x"/>',
        '<a><set attributeName="href" to="#x"/></a>',
        '<a><animate attributeName="xlink:href" values="#x"/></a>',
        '<g xml:base="https://example.org/"/>',
        '<a xlink:href="//example.org"/>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<g id="g0"><path/></g>'
        + "".join(f'<g id="g{i}">' + f'<use href="#g{i - 1}"/>' * 9 + "</g>" for i in range(1, 9)),
        "<g>" * 300 + "</g>" * 300,
        "<g>",
        '<filter id="f"><feTurbulence numOctaves="9999"/></filter>',
        '<filter id="f"><feGaussianBlur stdDeviation="1e9"/></filter>',
        '<filter id="f"><feBlend/></filter><svg width="90000" height="90000"/>',
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
        "<style>@font-face { font-family: x; src: url(data:font/woff2;base64,AAAA) } a:hover { fill: url(#g) }</style>",
        '<i:x xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:label="base layer"/><metadata>x</metadata>',
        '<g id="tree"><path/></g>' + '<use href="#tree"/>' * 50,
        '<filter id="f"><feGaussianBlur stdDeviation="2.5"/></filter><rect width="400" height="300" filter="url(#f)"/>',
        '<animate attributeName="cx" values="1;2"/>',
    ],
)
def test_what_only_draws_is_a_picture(inside: str) -> None:
    assert not is_active_svg(f'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg>{HEAD}{inside}</svg>'.encode())
