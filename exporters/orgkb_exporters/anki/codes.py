"""Code notes: blocks of code under a line that says what they do, and lines of code with a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from orgkb.concepts.lexicon.english import FUNCTION_WORDS, PREPOSITIONS
from orgkb.org import nodes as n
from orgkb.org.walk import plain_text
from orgkb.patterns import pattern
from orgkb_exporters import html
from orgkb_exporters.anki import prose, shell, verbs
from orgkb_exporters.anki.draft import ANSWER_KEPT, Draft, DraftText
from orgkb_exporters.anki.note_types import CODE
from orgkb_exporters.anki.phrases import PHRASES, language_of
from orgkb_exporters.anki.place import Home, Place
from orgkb_exporters.anki.secrets import found_secret
from orgkb_exporters.anki.source import Source

MAX_LINES: Final = 12
MAX_LINE: Final = 100
"""Characters of a line of code that is asked for."""
MIN_GOAL: Final = 3
MAX_GOAL: Final = 14
"""Words of what the code is for."""
_COMMENTS: Final = {
    **dict.fromkeys(
        ("python", "ipython", "perl", "ruby", "r", "julia", "yaml", "makefile", "toml", "nix", "elixir", "tcl"), "#"
    ),
    **dict.fromkeys(("lua", "sql", "sqlite", "haskell", "ada"), "--"),
    **dict.fromkeys(("emacs-lisp", "elisp", "lisp", "scheme", "clojure", "common-lisp"), ";"),
    **dict.fromkeys(
        (
            "c",
            "c++",
            "cpp",
            "java",
            "javascript",
            "js",
            "typescript",
            "ts",
            "go",
            "rust",
            "php",
            "kotlin",
            "scala",
            "swift",
            "csharp",
            "dart",
        ),
        "//",
    ),
}
_NAMES: Final = {
    "c++": "C++", "cpp": "C++", "css": "CSS", "csharp": "C#", "elisp": "Emacs Lisp", "emacs-lisp": "Emacs Lisp", "html": "HTML",
    "javascript": "JavaScript", "js": "JavaScript", "json": "JSON", "php": "PHP", "r": "R", "sql": "SQL", "sqlite": "SQL",
    "toml": "TOML", "typescript": "TypeScript", "ts": "TypeScript", "xml": "XML", "yaml": "YAML", "makefile": "make",
}  # fmt: skip
# Output and data: nobody writes them.
_NO_CODE: Final = frozenset(
    ("", "text", "txt", "org", "conf", "http", "log", "example", "diff", "csv", "latex", "dot", "mermaid", "plantuml")
)
# A goal begins with what is done: a verb, "how to", or a noun of an action.
_GOAL = pattern(
    r"(?:how\sto\s|как\s|(?:to\s)?(?:add|append|apply|assign|build|calculate|call|check|clear|compare|compute|concatenate|connect|convert"
    r"|copy|create|declare|define|delete|disable|display|download|draw|drop|enable|execute|exit|extend|extract|fill|filter"
    r"|find|fit|format|generate|get|group|import|initiali[sz]e|insert|install|iterate|join|load|loop|make|merge|move|open"
    r"|parse|plot|print|read|remove|rename|replace|reset|retrieve|return|reverse|round|run|save|scale|search|select|send|set"
    r"|show|sort|split|start|stop|store|sum|swap|switch|test|train|transform|update|use|validate|wait|wrap|write)"
    r"|добавить|вывести|выбрать|вызвать|заменить|задать|записать|запустить|изменить|импорт\w*|найти|обновить|объявить|открыть"
    r"|отправить|получить|посчитать|преобразовать|проверить|прочитать|сделать|создать|создание|сохранить|удалить|установить)\b",
    re.IGNORECASE,
)
_LEANING = pattern(
    r"\b(?:above|below|following|previous|this|that|these|those|it|its|them|same|again|also|here|you|your|yours|we|our|my|example|output|result|like so"
    r"|выше|ниже|следующ\w+|это\w*|этот|тоже|также|ещё|еще|пример|вывод|так)\b|https?:|\?|\.{2,}|…|TODO|FIXME",
    re.IGNORECASE,
)


_SMALL: Final = FUNCTION_WORDS | PREPOSITIONS
_AS_FOLLOWS = pattern(r",?\s+(?:as\sfollows|следующим\sобразом)\Z", re.IGNORECASE)


class _Code(msgspec.Struct, frozen=True):
    goal: str
    code: str
    language: str
    offset: int


class _Made(msgspec.Struct, frozen=True, array_like=True):
    """What became of a piece of code with a purpose."""

    language: str
    goal: str
    """Folded; asked for once in a language."""
    offset: int
    """From the begin of the section."""
    draft: DraftText | None
    secret: str
    """The secret that it seems to hold, where it makes no card."""


@dataclass(frozen=True, slots=True)
class CodeCards:
    """Makes Code notes of the documents of a graph."""

    source: Source

    def drafts(self, home: Home) -> list[Draft]:
        """The Code notes of the document HOME, in its order; what seems to hold a secret is reported."""
        found: list[Draft] = []
        document = home.document
        asked: set[tuple[str, str]] = set()
        sections = self.source.sections(document, CODE.kind)
        for place, several in self.source.of_sections("code", home, sections, _in_section, list[_Made]):
            for made in several:
                key = made.language, made.goal
                if key in asked:
                    continue
                if made.draft is None:
                    spot = document.location(place.begin + made.offset)
                    self.source.keep_secret(f"for a block of code: it seems to hold {made.secret}", spot)
                    continue
                asked.add(key)
                found.append(made.draft.at(place))
        return found


def _in_section(place: Place) -> list[_Made]:
    """What becomes of each piece of code in the section at PLACE that has a purpose."""
    found: list[_Made] = []
    for piece in _pieces(place.headline, place.elements):
        secret = found_secret(f"{piece.goal}\n{piece.code}") or ""
        draft = None if secret else _draft(place, piece)
        found.append(_Made(piece.language, prose.fold(piece.goal), piece.offset - place.begin, draft, secret))
    return found


def _draft(place: Place, piece: _Code) -> DraftText:
    language = language_of(piece.goal, place.home.language)
    name = _NAMES.get(piece.language, piece.language.capitalize())
    question = PHRASES[language].code.format(html.text(name))
    goal = piece.goal[:1].upper() + piece.goal[1:]
    return DraftText(
        kind=CODE.kind,
        anchor=f"{piece.language}: {prose.fold(piece.goal)}",
        term=piece.goal,
        answer=piece.code[:ANSWER_KEPT],
        plural=False,
        language=language,
        fields={
            "Question": f'{question}<div class="given" dir="auto">{html.text(goal)}</div>',
            "Answer": f'<pre class="src"><code>{html.code(piece.code, piece.language)}</code></pre>',
            "Context": place.breadcrumb(_showing(piece.code, place)),
            "Source": place.source(),
            "Link": place.link(piece.goal, language),
        },
        offset=piece.offset - place.begin,
    )


def _showing(code: str, place: Place) -> tuple[str, ...]:
    return tuple(name for name in place.titles if len(prose.words(name)) > 1 and prose.holds(name, code))


def _pieces(headline: n.Headline | None, elements: Sequence[n.Element]) -> Iterator[_Code]:
    """Code with its purpose, in the order of the text."""
    heading = prose.title_text(plain_text(headline.title)) if headline else ""
    blocks = [e for e in elements if isinstance(e, n.SrcBlock)]
    # A heading asks for its block only if it says "how to" and there is no other one.
    asks = re.match(r"(?:how\sto|как)\s", heading, re.IGNORECASE) and len(blocks) == 1
    yield from _in(elements, heading if asks else "")


def _in(elements: Sequence[n.Element], above: str) -> Iterator[_Code]:
    before = above
    for element in elements:
        match element:
            case n.SrcBlock():
                yield from _of_block(element, before)
            case n.PlainList():
                for item in element.children:
                    yield from _in(item.children, "")
            case n.GreaterElement():
                yield from _in(element.children, "")
            case _:
                pass
        text = plain_text(element.children) if isinstance(element, n.Paragraph) else ""
        last = prose.last_sentence(text)
        before = (
            _AS_FOLLOWS.sub("", last.rstrip(": "))
            if last.endswith(":")
            else above
            if isinstance(element, n.PropertyDrawer | n.Planning)
            else ""
        )


def _of_block(block: n.SrcBlock, before: str) -> Iterator[_Code]:
    language = block.language.lower()
    if language in _NO_CODE:
        return
    code = block.value.strip("\n")
    lines = code.split("\n")
    caption = plain_text(block.affiliated.caption) if block.affiliated else ""
    goal = next(filter(_is_goal, (caption, before)), "")
    if goal and len(lines) <= MAX_LINES and all(len(line) <= MAX_LINE for line in lines) and code.strip():
        if not prose.holds(goal, code) and not _is_shown(goal, code):
            yield _Code(goal.rstrip(" .:"), code, language, block.own_begin)
        return
    if not shell.is_shell(language) and language in _COMMENTS:
        for line_code, comment in _commented(lines, _COMMENTS[language]):
            yield _Code(comment, line_code, language, block.own_begin)


def _is_goal(text: str) -> bool:
    """Whether TEXT says what code is for, by itself."""
    bare = text.strip(" .:")
    count = len(prose.words(bare))
    return (
        MIN_GOAL <= count <= MAX_GOAL
        and bool(_GOAL.match(bare))
        and not _LEANING.search(bare)
        and not (verbs.begins_with_verb(bare) and " " in bare and verbs.lacks_object(bare))
        and not prose.breaks_off(bare)
        and not re.search(r"\b(?:run|use|type|enter|execute|terminal|do|выполни\w*|введи\w*)\Z", bare, re.IGNORECASE)
        and not re.search(r"[={}<>|\\$;#*_/]|\w\(|\d{4}", bare)
    )


def _is_shown(goal: str, code: str) -> bool:
    """Whether GOAL, beyond what is done, is only names that CODE holds: "set MountFlags", `MountFlags=shared`."""
    named = prose.words(goal)[1:]
    telling = [word for word in named if word not in _SMALL]
    # The name of a program or a thing is a fair question where a program is called.
    return "\n" not in code and "=" in code and not re.search(r"\s", code) and set(telling) <= set(prose.words(code))


def _commented(lines: Sequence[str], sign: str) -> Iterator[tuple[str, str]]:
    """(code, comment) of lines at the left margin that are a statement of their own."""
    rule = re.compile(rf"(\S.{{2,}}?)\s+{re.escape(sign)}+\s*(\S.*)\Z")
    for i, line in enumerate(lines):
        match = rule.match(line)
        below = lines[i + 1] if i + 1 < len(lines) else ""
        if match is None or below[:1].isspace():
            continue
        code, comment = match[1].rstrip(), match[2].strip(" -–—*/")
        if len(code) > MAX_LINE or not _is_statement(code) or not _is_goal(comment):
            continue
        if len(prose.words(comment)) > MAX_GOAL or set(prose.words(comment)) <= set(prose.words(code)):
            continue
        yield code, comment


def _is_statement(code: str) -> bool:
    if code.startswith(("#", "//", "--", ";", ">>>", "...", "@", "}", ")", "]", '"', "'")) or code.endswith(
        (",", "{", "(", "[", "\\", "+", "|", ":", "=")
    ):
        return False
    if any(code.count(a) != code.count(b) for a, b in ("()", "[]", "{}")) or code.count('"') % 2 or code.count("'") % 2:
        return False
    # A path of the writer's own machine is nothing to learn.
    return bool(re.search(r"[(=.\[]|\s", code)) and not re.search(r"""["'][~/.]+/?\w+/""", code)
