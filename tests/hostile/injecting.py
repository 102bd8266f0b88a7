"""Texts that mean something in a format that we write, in every place from which text gets there."""

from __future__ import annotations

from tests.hostile.case import Case

_TEXT = "text of the notes stays text in every format"

PAYLOADS = {
    "script": "<script>pwned()</script>",
    "image-handler": '<img src=x onerror="pwned()">',
    "svg-handler": "<svg/onload=pwned()>",
    "attribute": '" onmouseover="pwned()" x="',
    "attribute-single": "' onmouseover='pwned()' x='",
    "close-script": "</script><script>pwned()</script>",
    "close-all": "</title></style></textarea></code></pre></td></svg><script>pwned()</script>",
    "comment": "<!--><script>pwned()</script>-->",
    "cdata": "]]><script>pwned()</script><![CDATA[",
    "entities": "&lt;script&gt;pwned()&lt;/script&gt; &#60;script&#62;pwned()",
    "iframe": '<iframe srcdoc="<script>pwned()</script>"></iframe><base href="//localhost:9/">',
    "style": "<style>@import '//localhost:9/pwned'</style>",
    "form": "<form action=javascript:pwned()><button>x</button></form>",
    "cloze": "{{c1::pwned}} and }}{{c9::pwned::hint}}",
    "template": "{{FrontSide}}{{Term}}{{#Mine}}pwned{{/Mine}}{{type:Term}}",
    "sound": "[sound:pwned.mp3] [anki:play:q:0]",
    "anki-latex": "[latex]\\input{pwned}[/latex] [$]pwned[/$] [$$]pwned[/$$]",
    "separator": "left\x1fpwned\x1fright",
    "controls": "bell\x07 esc\x1b[31m\x1b]0;pwned\x07 nul\x00 del\x7f back\x08",
    "dot": '"]; pwned [URL="javascript:pwned()" image="/etc/passwd"]; x ["',
    "dot-escapes": "\\N \\G \\E \\T \\H \\L pwned\\",
    "dot-html": "<<table><tr><td href='javascript:pwned()'>pwned</td></tr></table>>",
    "typst": '#eval("pwned") ] #read("/etc/passwd") [ $ `#x` @ref <label> = h',
    "markdown": "[pwned](javascript:pwned()) ![x](javascript:pwned()) <javascript:pwned()> `x` ~~~ | a | **b**",
    "markdown-reference": "[pwned]: javascript:pwned()",
    "markdown-fence": "``` ~~~~ <details open ontoggle=pwned()>",
    "wiki": "[[pwned]] ![[pwned]] {{embed ((pwned))}} %%x%% ((block)) #tag ^id",
    "yaml": "--- !!python/object/apply:os.system ['pwned'] --- &a *a {x: y} # no",
    "toml": '+++ title = """pwned""" +++',
    "shortcode": '{{< rawhtml >}}<script>pwned()</script>{{< /rawhtml >}} {% include "pwned" %} :::',
    "spreadsheet": '=HYPERLINK("http://localhost:9/pwned","x") +1 -1 @SUM(1) |cmd \'/c pwned\'!A0',
    "tex": "\\href{javascript:pwned()}{x} \\input{/etc/passwd} \\(\\class{x}{y}\\) $$ \\[ \\end{document} %",
    "bidi": "pwned\u202egnp.exe\u2066x\u2069 zero\u200bwidth \u2028 line \u2029 par \ufeff bom",
    "surrogates": "lone \ud800 half \udfff pwned \ufffe \uffff",
    "json": '"}]}; pwned() // \\u003c/script> \u2028',
    "format": "%s %n {0} ${pwned} $(pwned) `pwned` !pwned",
}

_EVERYWHERE = """\
#+TITLE: @
#+SUBTITLE: @
#+AUTHOR: @
#+DATE: @
#+DESCRIPTION: @
#+KEYWORDS: @
#+LANGUAGE: @
#+FILETAGS: @
Words before @ and after.
* TODO [#A] Heading @ end :tag:
:PROPERTIES:
:CUSTOM_ID: @
:ID: @
:ROAM_ALIASES: "@"
:DESCRIPTION: @
:ANKI_DECK: @
:ANKI_TAGS: @
:END:
- *NAME box @* - thing that has @ in it and runs on the NAME rack
- *NAME rack* - place where a @ stands
- NAME shelf @ :: board that holds the NAME rack
- [ ] NAME task :: @
- =NAME run @= - starts the NAME box @
- *NAME tongs* (@) - tool that moves the NAME box
** @
A *bold @*, /italic @/, _under @_, +struck @+, =verbatim @=, ~code @~, <<target @>>, <<<NAME radio @>>>.
[[https://example.org/][description @]] [[file:absent-@.png]] [[#@]] [[*@]] [[@]] [[https://example.org/@]] <https://example.org/@>
A note[fn:1] and one more[fn:: inline @] and a [cite:@NAME2026 @].
| head @ | @ |
|--------+---|
| cell   | @ |
#+CAPTION: caption @
#+NAME: @
#+ATTR_HTML: :alt @ :title @ :width @ :class @ :onclick pwned()
#+begin_src sh @
code @
#+end_src
#+begin_example @
example @
#+end_example
#+begin_quote
quoted @
#+end_quote
#+begin_verse
verse @
#+end_verse
#+begin_NAME-@
special @
#+end_NAME-@
: fixed @
#+begin_export html
<script>pwned()</script>
#+end_export
@@html:<script>pwned()</script>@@
[fn:1] footnote @
The NAME box @ is stored in the NAME rack, which is also called NAME @ shelf.
"""


def _everywhere(name: str, payload: str) -> str:
    return _EVERYWHERE.replace("NAME", name.replace("-", "")).replace("@", payload).replace("\n@", "\n")


def _links() -> str:
    """Script addresses in every disguise that a browser has ever seen through."""
    forms = (
        "javascript:pwned()", "JaVaScRiPt:pwned()", " javascript:pwned()", "java\tscript:pwned()", "\x01javascript:pwned()",
        "javascript&colon;pwned()", "&#106;avascript:pwned()", "javascript%3Apwned()", "%6aavascript:pwned()",
        "vbscript:pwned()", "data:text/html,<script>pwned()</script>", "data:image/svg+xml;base64,PHN2Zz4=", "blob:pwned",
        "view-source:javascript:pwned()", "file:javascript:pwned()", "file:data:text/html,pwned", "jar:pwned", "feed:javascript:pwned()",
        "\u200bjavascript:pwned()", "ｊavascript:pwned()", "//localhost:9/pwned", "\\\\localhost\\pwned", "file:////localhost/pwned",
        "org-protocol://pwned", "ms-word:pwned", "search-ms:pwned", "doi:javascript:pwned()", "mailto:javascript:pwned()",
        "https:javascript:pwned()", "file+sys:pwned.exe", "info:pwned", "help:pwned", "attachment:javascript:pwned()",
        "id:javascript:pwned()", "./javascript:pwned()",
    )  # fmt: skip
    linked = "\n".join(
        f"- *link number{i}* - leads to [[{form}][place]] and [[{form}]] and <{form}>" for i, form in enumerate(forms)
    )
    return f"#+LINK: evil javascript:pwned(%s)\n{linked}\n- *short link* - is [[evil:x][short]] and [[evil:x]]\n"


CASES = (
    *(Case(f"inject-{name}", _TEXT, _everywhere(name, payload)) for name, payload in PAYLOADS.items()),
    Case("script-links", "no address runs something", _links(), shows=("place",)),
    Case(
        "image-alt",
        "a file's name stays text",
        '[[file:<img src=x onerror=pwned()>.png]]\n[[file:a" onerror="pwned().png]]\n[[file:{{c1::x}}.png]]\n',
    ),
    Case(
        "svg-script",
        "an active picture is not carried into a deck",
        "- *active picture* - drawn as [[file:v.svg]]\n",
        files={"v.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script>pwned()</script></svg>'},
    ),
    Case(
        "todo-words",
        "TODO words stay text",
        '#+TODO: <script>pwned()</script>(x!/@) | "DONE\n* <script>pwned()</script> heading\n',
    ),
    Case(
        "raw-html",
        "raw markup of notes is no markup",
        "#+HTML: <b onclick=pwned()>x</b>\n#+begin_export html\n<script>pwned()</script>\n#+end_export\n@@html:<img src=x onerror=pwned()>@@ @@latex:\\pwned@@\n",
    ),
)
