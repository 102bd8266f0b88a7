"""Notes that try to have files read that are none of theirs."""

from __future__ import annotations

from tests.hostile.case import Case

_NOT_READ = "nothing outside the folder of the notes is read"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c63600000000200014873d2a30000000049454e44ae426082"
)

CASES = (
    Case("include-absolute", _NOT_READ, '#+INCLUDE: "OUTSIDE/secret.org"\n', code="include-not-read"),
    Case("include-parent", _NOT_READ, '#+INCLUDE: "../../outside/secret.org"\n', code="include-not-read"),
    Case("include-percent", _NOT_READ, '#+INCLUDE: "%2e%2e/%2e%2e/outside/secret.org"\n', code="include-not-read"),
    Case(
        "include-home",
        _NOT_READ,
        '#+INCLUDE: "~/.ssh/id_rsa" src text\n#+INCLUDE: "$HOME/.profile" src sh\n',
        code="include-not-read",
    ),
    Case(
        "include-proc",
        _NOT_READ,
        '#+INCLUDE: "/proc/self/environ" src text\n#+INCLUDE: "/proc/self/fd/0"\n',
        code="include-not-read",
    ),
    Case("include-device", "a device is not opened", '#+INCLUDE: "/dev/zero" src text\n', code="include-not-read"),
    Case(
        "include-remote",
        "nothing is fetched",
        "#+INCLUDE: https://localhost:9/x.org\n#+INCLUDE: /ssh:host:/etc/passwd\n",
        code="include-not-read",
    ),
    Case(
        "include-link",
        "symbolic links do not lead out",
        "#+INCLUDE: leak.org\n",
        code="include-not-read",
        links={"leak.org": "OUTSIDE/secret.org"},
    ),
    Case(
        "include-folder-link",
        "symbolic links do not lead out",
        "#+INCLUDE: leak/secret.org\n",
        code="include-not-read",
        links={"leak": "OUTSIDE"},
    ),
    Case(
        "include-loop",
        "a circle of links ends",
        "#+INCLUDE: a.txt\n",
        code="include-not-read",
        links={"a.txt": "b.txt", "b.txt": "a.txt"},
    ),
    Case(
        "include-itself",
        "a circle of includes ends",
        "#+INCLUDE: note.org\n* Once\n",
        code="include-cycle",
        shows=("Once",),
    ),
    Case(
        "include-circle",
        "a circle of includes ends",
        "#+INCLUDE: a.txt\n",
        code="include-cycle",
        files={"a.txt": "first\n#+INCLUDE: b.txt\n", "b.txt": "second\n#+INCLUDE: a.txt\n"},
        shows=("first", "second"),
    ),
    Case(
        "include-legal",
        "what is inside is read",
        '#+INCLUDE: "part/a.txt"\n',
        files={"part/a.txt": "brought in\n"},
        shows=("brought in",),
    ),
    Case(
        "include-literal",
        "an include in code is text",
        "#+begin_example\n#+INCLUDE: OUTSIDE/secret.org\n#+end_example\n",
        shows=("#+INCLUDE",),
    ),
    Case("include-backslash", _NOT_READ, '#+INCLUDE: "..\\..\\outside\\secret.org"\n', code="include-not-read"),
    Case("include-nul", _NOT_READ, '#+INCLUDE: "OUTSIDE/secret.org\x00.txt"\n', code="include-not-read"),
    Case(
        "include-long-name",
        "a name that no system takes is told",
        f'#+INCLUDE: "{"x" * 5000}"\n',
        code="include-not-read",
    ),
    Case(
        "include-inside-included",
        _NOT_READ,
        "#+INCLUDE: part.txt\n",
        code="include-not-read",
        files={"part.txt": '#+INCLUDE: "../../outside/secret.org"\nrest of the part\n'},
        shows=("rest of the part",),
    ),
    Case("setupfile-absolute", _NOT_READ, "#+SETUPFILE: OUTSIDE/secret.org\n{{{leak}}}\n", code="setupfile-not-read"),
    Case(
        "setupfile-remote",
        "nothing is fetched",
        "#+SETUPFILE: http://localhost:9/theme.setup\n",
        code="setupfile-not-read",
    ),
    Case(
        "setupfile-link",
        "symbolic links do not lead out",
        "#+SETUPFILE: leak.setup\n{{{leak}}}\n",
        code="setupfile-not-read",
        links={"leak.setup": "OUTSIDE/secret.org"},
    ),
    Case(
        "image-absolute",
        _NOT_READ,
        "- *absolute picture* - shown here [[file:OUTSIDE/secret.png]]\n[[file:OUTSIDE/secret.svg]]\n",
        code="unreadable-media",
    ),
    Case(
        "image-parent",
        _NOT_READ,
        "- *parent picture* - shown here [[file:../../outside/secret.png]]\n\n[[../../outside/secret.svg]]\n",
        code="unreadable-media",
    ),
    Case(
        "image-link",
        "symbolic links do not lead out",
        "- *linked picture* - shown here [[file:leak.png]]\n\n[[file:leak.svg]]\n",
        code="unreadable-media",
        links={"leak.png": "OUTSIDE/secret.png", "leak.svg": "OUTSIDE/secret.svg"},
    ),
    Case(
        "image-remote",
        "nothing is fetched",
        "- *far picture* - shown here [[https://localhost:9/x.png]]\n[[//localhost:9/y.png]]\n",
    ),
    Case(
        "image-no-picture",
        "a picture is known by its bytes",
        "- *false picture* - is no picture [[file:false.png]]\n[[file:false.png]]\n",
        files={"false.png": "#!/bin/sh\ntouch OUTSIDE/pwned\n"},
    ),
    Case("image-absent", "a missing picture is told", "[[file:gone.png]]\n", code="unreadable-media"),
    Case(
        "image-legal", "what is inside is read", "- *tiny dot* - a picture [[file:dot.png]]\n", files={"dot.png": PNG}
    ),
    Case(
        "svg-outside",
        "a picture brings in no file",
        "- *vector thing* - drawn as [[file:v.svg]]\n[[file:v.svg]]\n",
        files={
            "v.svg": '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"><image xlink:href="file:///OUTSIDE/secret.png" width="5" height="5"/><image href="OUTSIDE/secret.svg"/></svg>'
        },
    ),
    Case(
        "svg-entity",
        "a picture brings in no file",
        "[[file:v.svg]]\n",
        files={
            "v.svg": '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file://OUTSIDE/secret.txt">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&x;</text></svg>'
        },
    ),
    Case("attach-dir", _NOT_READ, "* Head\n:PROPERTIES:\n:DIR: OUTSIDE\n:END:\n[[attachment:secret.png]]\n"),
    Case("attach-id", _NOT_READ, "* Head\n:PROPERTIES:\n:ID: ../../../outside\n:END:\n[[attachment:secret.png]]\n"),
    Case(
        "bibliography",
        _NOT_READ,
        "#+BIBLIOGRAPHY: OUTSIDE/secret.bib\n#+CITE_EXPORT: csl OUTSIDE/secret.txt\nSee [cite:@x].\n#+PRINT_BIBLIOGRAPHY:\n",
    ),
    Case("transclusion", _NOT_READ, "#+TRANSCLUDE: [[file:OUTSIDE/secret.org]] :level 2\n"),
    Case("link-search", _NOT_READ, "[[file:OUTSIDE/secret.org::*zq7]] and [[file:../../outside/secret.org::1]]\n"),
)
