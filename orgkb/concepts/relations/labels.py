"""What makes a linking phrase read well: it leaps over no other concept, and Russian nouns lead on by their case."""

from __future__ import annotations

import re
from collections.abc import Iterable

from orgkb.concepts.lexicon import FUNCTION_WORDS, PREPOSITIONS
from orgkb.concepts.lexicon.english import VERB_BASES
from orgkb.concepts.lexicon.morphology import forms, is_adjective, is_noun
from orgkb.concepts.relations.clauses import is_generic
from orgkb.concepts.relations.heads import is_proper
from orgkb.concepts.relations.phrases import BARE_PREPOSITIONS, WITH_VERB, phrase
from orgkb.concepts.relations.verbs import BASES, DENYING, INTRANSITIVE, is_finite, is_participle_or_verb, is_verb
from orgkb.patterns import pattern


def polished(label: str, name: str = "") -> str:
    """LABEL without what does not read in a proposition: pronouns that stand for something else, a subject said again.

    `run it inside` is `run inside`, `test combines` is `combines` of NAME `Integration Testing`, `process, unit of` is
    `unit of`; empty where a clause of another subject begins inside (`prove that a model of`).
    """
    if _OTHER_CLAUSE.search(label) or _CONTENT.search(label) or label.startswith("of "):
        return ""
    label = _PRONOUN.sub("", label)
    if label.rpartition(" ")[2].lower() in INTRANSITIVE:
        return ""  # `where it could have emerged, the theory …`
    # `checks the specification and resolves`: of two verbs the first has an object of its own.
    if (second := _SECOND.search(label)) and is_finite(second[1].lower()):
        label = label[second.start(1) :]
    head, comma, last = label.rpartition(", ")
    if comma and last and not (_joins(head) or (" " not in last and not is_verb(last.lower()))):
        label = last
    words = label.split()
    lower = [word.lower() for word in words]
    if len(words) > 2 and lower[0] == "to" and (lower[1] in VERB_BASES or lower[1] == "be"):
        cut = 1 + (lower[1] == "be")
        del words[:cut], lower[:cut]
    at = predicate(label)
    if 0 < at <= _MAX_SUBJECT and is_said_again(lower[at - 1], name):
        return " ".join(words[at:])
    return " ".join(words)


def predicate(words: str) -> int:
    """The index of the verb in WORDS that has its subject before it (`attacker explores`); -1 for none."""
    noun = False
    for at, word in enumerate(words.lower().split()):
        if noun and _is_predicate(word):
            return at
        if word in FUNCTION_WORDS or is_participle_or_verb(word) or not word.isalpha():
            break
        noun = noun or not word.endswith("ly")
    return -1


def is_said_again(noun: str, name: str) -> bool:
    """Whether NOUN stands for the thing called NAME: it is a word of it, or what everything is called."""
    return is_generic(noun) or any(
        word[:_STEM] == noun[:_STEM] for word in name.lower().replace("-", " ").split() if len(word) >= _STEM
    )


_STEM = 4


def _is_predicate(word: str) -> bool:
    """Whether WORD must have a subject before it."""
    if not word.isascii():
        return _RUSSIAN_PREDICATE.fullmatch(word) is not None and is_finite(word)
    return is_finite(word) and word not in FUNCTION_WORDS and word not in BASES


_RUSSIAN_PREDICATE = pattern(r"[а-яё]+(?:[аеёияюу]т|[еи]тся|[ую]т)")


def _joins(head: str) -> bool:
    """Whether the words before a comma begin with a verb, which the words after it share."""
    first = head.split(" ", 1)[0].lower()
    return is_participle_or_verb(first) or first in WITH_VERB


_MAX_SUBJECT = 2
_OTHER_CLAUSE = pattern(
    r"\b(?:that\s(?:an?|the|each|every|all|any|its|their|to)|it\s(?:is|[a-z]+s)|they\sare|что)\b", re.IGNORECASE
)
_CONTENT = pattern(
    r"\b(?:assum|ensur|guarante|indicat|impl|mean|requir|say|show|stat|suggest|tell|verif)\w{0,3}\sthat\s|\bvs\b",
    re.IGNORECASE,
)
"""`indicates that a process will be …` says something of the process."""
_SECOND = pattern(r"\b(?:the|an?|its|their|this)\s[^,]*?\sand\s([a-z]+)")
_PRONOUN = pattern(
    r"(?<=\w)\s(?:(?:it|them|её|ее|его|их)(?=\s(?:in|inside|into|to|on|onto|from|with|by|for|across|at|over|в|на|к|с|из|через|для)\b)|you\b|us\b)",
    re.IGNORECASE,
)


def possessed(copula: str, before: str, rest: str) -> str:
    """`is default framework of` for `is Gentoo's default framework`, where REST begins with the `'s`; else empty."""
    match = _POSSESSED.match(rest)
    if (
        not match
        or before.strip().lower() not in {"", "the", "a", "an"}
        or any(is_verb(word.lower()) for word in match["what"].split())
    ):
        return ""
    return f"{copula} {match['what']} of".lstrip()


_POSSESSED = pattern(
    r"['’]s\s(?P<what>[\w-]+(?:\s[\w-]+){0,2})(?=\s*(?:[.,;:()\n]|$)|\s(?:and|for|with|that|which|in|to|used)\b)"
)


def enabled(said: str, before: str) -> str:
    """What the concept between BEFORE and SAID can do, where BEFORE lets it: the `use` of `enables the kubelet to use`."""
    if not said.lower().startswith(" to "):
        return ""
    words = [word.lower() for word in before.split()]
    while words and words[-1] in _DETAILS:
        words.pop()
    return polished(phrase(said)) if words and _ENABLING.fullmatch(words[-1]) else ""


def is_cut(label: str, name: str, rest: str) -> bool:
    """Whether LABEL before NAME says too little: `lets` of `lets users to …`, the words REST after it, or `by` of `by default`."""
    last = label.rpartition(" ")[2].lower()
    if last == "by" and name == "default":
        return True
    if last in _LETTING:
        goes_on = rest.split(None, 1)[:1] if rest[:1] == " " else []
        return bool(goes_on) and goes_on[0] in VERB_BASES
    # `sees society as an arena of …`
    if rest.startswith(" as ") and _TAKING.fullmatch(last):
        return True
    return _ENABLING.fullmatch(last) is not None and _TO_DO.match(rest) is not None


_TAKING = pattern(
    r"(?:see|view|regard|treat|interpret|consider|defin|describ|classif|know|think|рассматрива|опреде)\w{0,4}(?:\sof)?"
)


_LETTING = frozenset({"lets", "make", "makes", "help", "helps"})
_TO_DO = pattern(r"\s(?:[a-z]+\s){0,2}to\s[a-z]+")
_ENABLING = pattern(r"(?:allow|cause|enabl|forc|help|instruct|let|permit|tell|requir)(?:e|es|s|ing|ed)?")


def speaker(said: str, before: str) -> bool:
    """Whether SAID, the words after a concept, say something of that concept, which is no head but the object of BEFORE.

    `maintains containers organized into`, `handles images which comply with`.
    """
    first = said.lower().split()[:1]
    if first not in (["that"], ["which"]) and not (first and first[0].endswith("ed") and is_verb(first[0])):
        return False
    words = [word.lower() for word in before.split()]
    while words and (words[-1] in _DETAILS or not (is_verb(words[-1]) or words[-1] in FUNCTION_WORDS)):
        words.pop()
    return bool(words) and is_verb(words[-1]) and not words[-1].endswith("ed")


def says_of_object(label: str, said: str) -> bool:
    """Whether LABEL, the end of what is SAID of a subject, speaks of an object in it: `includes a component that runs as`."""
    first = label.split(" ", 1)[0].lower()
    words = said.lower().split()
    at = next((i for i in range(len(words) - 1, 0, -1) if words[i] == first), 0)
    if not at or not any(is_finite(word) for word in words[:at]):
        return False
    before = words[at - 1]
    if before in _RELATIVE:
        return True
    if not first.endswith("ed") or not first.isascii() or before.endswith(("ly", ",")) or not before.isalpha():
        return False
    return not (before in FUNCTION_WORDS or before in _JOINED or is_verb(before))


_JOINED = frozenset({"and", "or", "but", "to", "get", "gets", "got", "then"})


def without_leap(label: str, names: Iterable[str]) -> str:
    """LABEL cut to what ties the target itself where it leaps over one of NAMES, the concepts between.

    `извлечённый из tarball привязанный к` is `привязанный к`, `interacts with runtimes via` is `interacts via`; a verb
    keeps its own object (`run Kubernetes on`).
    """
    words = label.split()
    lower = [word.lower().strip(",") for word in words]
    begin = end = -1
    for name in names:
        parts = name.lower().split()
        for at in range(len(words) - len(parts), -1, -1):
            if lower[at : at + len(parts)] == parts:
                if at + len(parts) > end:
                    begin, end = at, at + len(parts)
                break
    if begin < 0 or end >= len(words) or any(word in DENYING for word in lower):
        return label
    tail = lower[end:]
    goes_on = next((i for i, word in enumerate(tail) if word not in _GOING_ON), len(tail))
    if goes_on < len(tail) and (is_participle_or_verb(tail[goes_on]) or tail[0] in _RELATIVE):
        return " ".join(words[end + goes_on :])
    if not all(word in PREPOSITIONS for word in tail):
        return label
    if not any(word in PREPOSITIONS or is_finite(word) for word in lower[:begin]):
        # The head of a definition belongs to what is said of it (`library for`), but for what several things make up.
        many = lower[end - 1].endswith("s") and (not begin or (begin == 1 and lower[0].endswith("ed")))
        # `REST JSON over`: a name describes nothing.
        many = many or is_proper(" ".join(words[:end]))
        return " ".join(words[end:]) if many and tail[-1] not in BARE_PREPOSITIONS else label
    at = begin - 1
    while at > 0 and lower[at] in _DETAILS:
        at -= 1
    # `visualizes dependence of prediction on`: only what the verb itself leads to can be left out.
    if lower[at] not in PREPOSITIONS or not is_participle_or_verb(lower[at - 1]) or tail == ["of"]:
        return label
    if lower[end - 1].endswith("ing"):
        return label
    at -= 1
    first = at
    while first and lower[first - 1] in WITH_VERB:
        first -= 1
    return " ".join([*words[first : at + 1], *words[end:]])


_RELATIVE = frozenset({"that", "which"})
_GOING_ON = frozenset({"and", "by", "that", "which", "и", "который", "которая", "которое", "которые"})
_DETAILS = frozenset({"a", "an", "the", "its", "their", "all", "any", "each", "other", "multiple", "many", "one"})


def genitive(said: str, name: str) -> str:
    """The Russian nouns in SAID, the opening of a definition, that lead to NAME by its case: `мониторинг` of `мониторинг подов`.

    Empty where another word stands between, or where neither the case of NAME nor the noun says so.
    """
    words = said.split()
    if not 0 < len(words) <= _MAX_NOUNS or not all(_RUSSIAN.fullmatch(word) for word in words):
        return ""
    lower = [word.lower() for word in words]
    while lower and (_may_be_adjective(lower[0]) or lower[0] in FUNCTION_WORDS):
        del lower[0], words[0]
    while lower and is_adjective(lower[-1]):
        del lower[-1], words[-1]
    if (
        not lower
        or not is_noun(lower[0])
        or not _is_nominative(lower[0])
        or not all(_is_genitive(word) for word in lower[1:])
    ):
        return ""
    if any(is_verb(word) or word in FUNCTION_WORDS for word in lower):
        return ""
    last = name.rsplit(maxsplit=1)[-1].lower()
    if not _ACTION.search(lower[0]) and not (_RUSSIAN.fullmatch(last) and _is_genitive(last)):
        return ""
    return " ".join([lower[0], *words[1:]])


_MAX_NOUNS = 3
_RUSSIAN = pattern(r"[А-Яа-яЁё]{3,}")
_ACTION = pattern(r"(?:[нт]ие|ция|инг|овка|отка|зка)$")


def _may_be_adjective(word: str) -> bool:
    return is_adjective(word) or (
        word.endswith(("ее", "ое", "ая", "ый", "ий")) and any(form.part == "ADJF" for form in forms(word))
    )


def _is_nominative(word: str) -> bool:
    return any(form.case == "nomn" for form in forms(word)[:3])


def _is_genitive(word: str) -> bool:
    return any(form.case in {"gent", "gen2"} and form.part in {"NOUN", "ADJF", "PRTF"} for form in forms(word)[:3])


def begins_with_subject(label: str) -> bool:
    """Whether LABEL begins with a subject: `каждый товар описывался`, `each item was told by`."""
    first, _, rest = label.partition(" ")
    return " " in rest and first.lower() in _EACH


_EACH = frozenset(
    {"each", "every", "everything", "everyone", "nothing", "anything", "каждый", "каждая", "каждое", "всё"}
)
