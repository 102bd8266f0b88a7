"""Subjects of sentences: which noun the verb speaks of, and what stands between that and the verb."""

from __future__ import annotations

from orgkb.concepts.blocks import Block
from orgkb.concepts.lexicon import FUNCTION_WORDS, PREPOSITIONS
from orgkb.concepts.linking import Hit
from orgkb.concepts.relations.clauses import clause_start, is_apposition, is_enumeration, is_subject
from orgkb.concepts.relations.model import Context
from orgkb.concepts.relations.verbs import DETERMINERS, EVERY_BASE, is_finite, is_verb, may_be_verb
from orgkb.patterns import pattern

MIN_END = 0.3
"""Confidence that both concepts of a relation need."""


def without_short_forms(block: Block, hits: list[Hit]) -> list[Hit]:
    """HITS without those that say the name before them again: `Cross-Site Request Forgery (CSRF)` is one subject."""
    return [
        hit
        for at, hit in enumerate(hits)
        if not at
        or hit.mention.concept != hits[at - 1].mention.concept
        or block.prose[hits[at - 1].end : hit.start].strip() != "("
    ]


def head_of(text: str, hits: list[Hit], at: int) -> int:
    """The index of the noun that the one of index AT only says more of: the `size` of `The size of an image depends on …`."""
    while (
        at
        and 0 < hits[at].start - hits[at - 1].end < _MAX_TIE
        and hits[at - 1].mention.context != "term"
        and (match := _PREPOSED.fullmatch(text, hits[at - 1].end, hits[at].start))
        and not any(is_verb(word) or word in PREPOSITIONS for word in match["more"].lower().split())
    ):
        at -= 1
    return at


_MAX_TIE = 50
_PREPOSED = pattern(
    r"\s(?:of|for|in|on|with|from|within|between|at|inside|under|without)\s"
    r"(?:(?:the|an?|each|every|its|their|all|any|some|this|that|these|our|your)\s)?(?P<more>(?:[a-z-]+\s){0,2})"
)


def first_of(block: Block, hits: list[Hit], at: int) -> int:
    """The index of the first of the subjects that stand together: `Google and IBM announce`."""
    first = at
    while first > max(0, at - _MAX_SUBJECTS) and hits[first - 1].mention.context != "term":
        between = block.prose[hits[first - 1].end : hits[first].start]
        if between.strip() != "/":
            if not is_enumeration(between):
                break
            # `When a pod fails, the controller starts …`: the last two stand with `and`, and nothing leads in.
            # `Docker uses images and containers run …`
            begin = clause_start(block.prose, max(0, hits[first - 1].start - _CLAUSE), hits[first - 1].start)
            if any(is_finite(word.lower()) for word in block.prose[begin : hits[first - 1].start].split()):
                break
            if not _AND_OR.search(between) and (
                first == at or _LEADING_IN.match(block.prose[: hits[first - 1].start].rpartition(". ")[2])
            ):
                break
        first -= 1
    return first


_CLAUSE = 120
_AND_OR = pattern(r"\b(?:and|or|и|или)\b")
_LEADING_IN = pattern(
    r"[\s*]*(?:When|While|If|Once|After|Before|Because|Since|Unless|Although|Using|By|For|In|Когда|Если|После)\b"
)


def opens_clause(block: Block, subject: Hit, begin: int) -> bool:
    """Whether SUBJECT opens a sentence or clause inside the definition that begins at offset BEGIN.

    Then it says something of its own: `registry where Docker looks for images`.
    """
    before = _without_article(block.prose[max(0, subject.start - 24) : subject.start])
    body = block.flat.index(begin) or 0
    if subject.start - body <= len("every ") and not _without_article(block.prose[body : subject.start]).strip():
        return True
    # Most texts end otherwise, and to look for an end from the begin takes long.
    return before[-1:].isspace() and before.rstrip().endswith(_CLAUSE_ENDS) and _CLAUSE_END.search(before) is not None


def _without_article(text: str) -> str:
    """TEXT without the article or the like at its end."""
    return _ARTICLE.sub("", text) if text[-1:].isspace() and text.rstrip().endswith(_ARTICLES) else text


_MAX_SUBJECTS = 6
_ARTICLES = ("The", "A", "An", "the", "an", "a", "each", "every", "all", "any", "these", "this")
_ARTICLE = pattern(rf"\b(?:{'|'.join(_ARTICLES)})\s+$")
_CLAUSE_ENDS = (*".!?;", "and", "but", "и", "а", "но", "where", "that", "because", "since", "whereas", "где", "что")
_CLAUSE_END = pattern(
    r"(?:[.!?;]\s+|,\s+(?:and|but|и|а|но)\s+|\s(?:where|so\sthat|because|since|whereas|где|потому\sчто)\s+)$"
)


def words_between(context: Context, block: Block, subject: Hit, target: Hit, *, inner: bool = False) -> str | None:
    """The words between SUBJECT and TARGET, without what only says more of the subject; None where they tie nothing.

    INNER says that the subject only stands inside that of the sentence: `A list of container names is …`.
    """
    source, to = subject.mention.concept, target.mention.concept
    if context.confidence.get(source, 0.0) < MIN_END or context.confidence.get(to, 0.0) < MIN_END:
        return None
    text = block.prose
    between = text[subject.end : target.start]
    if "(" in between:
        between = _SHORT_FORM.sub(lambda match: " " * len(match.group()), between, count=1)
    if between[:1] == ")" and text[subject.start - 1 : subject.start] == "(":
        between = between[1:]
    if inner and (nouns := _NOUNS.match(between)) and not is_subject(between):
        between = between[nouns.end() :]
    if "/" in between and (slash := _SLASHED.match(between)):
        between = between[slash.end() :]
    if between[:1] in _QUOTES and between[1:2] == " ":
        between = between[1:]  # `the term “crate” may refer to …`
    if copula := _INTERRUPTED.match(between):
        between = between[copula.end() :]
    if "," in between:
        return None
    if (
        (noun := _NOUN.match(between))
        and (
            is_apposition(subject.mention.text, between, _CLASSES)
            # `the Swagger standard changed …`
            or (
                subject.mention.text[:1].isupper()
                and _THE.search(text, max(0, subject.start - 8), subject.start)
                and _CLASSES.match(between)
            )
        )
    ):
        between = between[noun.end() :]
    # `Standardisation mean removal`: of one thing a verb says it with an `s`.
    if _ADJECTIVE.match(between) and not subject.mention.text.endswith("s"):
        return None
    if (
        len(between) > 90
        or not (
            is_subject(_ADVERB.sub("", between, count=1))
            or _bare_verb(subject, between, text[target.end : target.end + 20])
            or _base_verb(text, subject, between)
        )
        or _THAT.search(between)
    ):
        return None
    return between


_ADJECTIVE = pattern(
    r"\s(?:mean|present|open|complete|separate|own|live|free|clear|slow|dry|empty|direct|correct|close|lower)\s"
)


def _bare_verb(subject: Hit, between: str, rest: str) -> str:
    """The verb that alone stands between SUBJECT and a concept, be it more often a noun: `middleware checks permissions`."""
    verb = between.strip()
    if not verb.isalpha() or not verb.islower() or between != f" {verb} ":
        return ""
    one = not subject.mention.text.endswith("s") or subject.mention.text.endswith("ss")
    return verb if one and may_be_verb(verb) and _ENDED.match(rest) else ""


def _base_verb(text: str, subject: Hit, between: str) -> bool:
    """Whether BETWEEN begins with what several things do, be it more often a noun: `coroutines return an object`.

    Of one thing it ends in `s` before what it does it as or to: `the process acts as the server`.
    """
    match = _BEFORE_OBJECT.match(between)
    if match is None:
        return False
    name, verb = subject.mention.text, match["verb"]
    if name.endswith("s") and not name.endswith("ss"):
        after = match["after"]
        return verb in EVERY_BASE and (
            after in DETERMINERS
            or (after not in FUNCTION_WORDS and not is_verb(after) and opens_sentence(text, subject))
        )
    return may_be_verb(verb) and match["after"] in _ROLES


_BEFORE_OBJECT = pattern(r"\s+(?:(?:also|always|often|usually)\s)?(?P<verb>[a-z]{3,})\s(?P<after>[a-z]+)\s")
_ROLES = frozenset({"as", "to"})


_ENDED = pattern(
    r"\s*(?:[.,;:()\n]|$)|\s(?:and|or|in|on|from|to|for|with|by|at|of|as|into|when|if|before|after|via|using|that|which)\s\S"
)


def opens_sentence(text: str, subject: Hit) -> bool:
    """Whether SUBJECT stands at the begin of a sentence, but for an article and an adjective."""
    return _SENTENCE_START.search(text, max(0, subject.start - _NEAR), subject.start) is not None


_NEAR = 60
_SENTENCE_START = pattern(
    r"(?:^|[.!?:;]\s|\n\s*\n)[\s*]*(?:(?:The|Each|Every|All|An?|Any|In\s\w+,\sthe|Its|Most|the|an?)\s)?(?:[a-z-]+\s)?$"
)


def heads_title(context: Context, block: Block, subject: Hit) -> bool:
    """Whether SUBJECT is the last word of the title above, which names more: the `cache` of `* Page cache`."""
    words = context.reading.titles[block.headline].lower().split() if block.headline >= 0 else []
    return (
        len(words) > 1
        and words[-1] == subject.mention.text.lower()
        and not any(word in FUNCTION_WORDS for word in words)
        and context.sections.get(block.headline) is not None
    )


_THE = pattern(r"\b[Tt]he\s$")
_THAT = pattern(
    r"\bthat\s(?:it|they|the|an?|you|we|all|each|every)\s|\b(?:whether|why|how\s(?:an?|it|the|they|we|you))\s|\bчто\s"
)
_QUOTES = frozenset('”"»')
_ADVERB = pattern(
    r"^\s+(?:also|always|never|now|often|still|then|thus|(?!only|early|family|assembly|reply|supply|apply|anomaly|fly)[a-z]{2,}ly)(?=\s)"
)
"""`A tone usually refers to …`"""
_INTERRUPTED = pattern(r",(?=\s(?:is|are|was|were)\s)")
"""`Secure Shell, is a protocol`: the comma of one who pauses."""
_NOUNS = pattern(r"\s(?!(?:of|in|on|for|with|to|from|by|at|that|which|and|or|is|are)\b)[a-z-]+(?=\s[a-z]+)")
_SLASHED = pattern(r"(?:\s?/\s?[^\W\d_][\w-]*)+(?=\s)")
"""`the client/server sends …`"""
_SHORT_FORM = pattern(r"^\s?\([^()\n]{1,30}\)(?=\s)")
_NOUN = pattern(r"\s[a-z]+(?=\s)")
_CLASSES = pattern(
    r"\s(?:standard|project|platform|library|tool|framework|language|software|program|package|protocol|algorithm)\s"
)
