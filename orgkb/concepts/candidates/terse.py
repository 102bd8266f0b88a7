"""A first line below a title that is a phrase without a verb and says what the title names.

`Request for certification …`, `CA at the root of …`, `Conjunto de valores …`, `Abweichungen vom Modell`.
"""

from __future__ import annotations

import re

from orgkb.concepts import cleaning, folding, names
from orgkb.concepts.candidates import verbless
from orgkb.concepts.lexicon import (
    FUNCTION_WORDS,
    NEVER_WORDS,
    PREPOSITIONS,
    SECTION_WORDS,
    begins_topic,
    is_finite_verb,
    is_verb,
)
from orgkb.concepts.lexicon.english import VERB_BASES
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.text import DASH, MASK
from orgkb.patterns import pattern

_ENGLISH = pattern(
    r"\s*(?P<opening>(?:(?P<article>[Aa]n?|[Tt]he|[Aa]ny|Another)\s)?(?P<head>(?:[A-Za-z][A-Za-z’'-]*+\s){1,5}?)"
    r"(?P<link>of|for|that|which|who|where|whose|in\swhich|with|without|at|between|below|above|from|in|on|via|to(?=\s[a-z]+\s)"
    r"|[a-z]+ed\s(?:by|to|from|for|in|as|at|on|with|until|when|after)"
    r"|containing|consisting|comprising|combining|describing|representing|responsible|based|able|capable)\s)(?=[^\W_])",
)
_ROMANCE = pattern(
    r"\s*(?P<opening>(?:(?:Un|Una|Uno|Une|Um|Uma)\s)?(?P<head>(?:[^\W\d_]++\s){1,5}?)"
    r"(?P<link>de\s(?:la\s|los\s|las\s|les\s|todos?\s|todas?\s|tous\s)?|del\s|d[’']|que\s|qui\s"
    r"|(?:des|du|do|da|di|della|dei|delle|che|para|pour|per|entre|donde|cuy[ao]s?|dont|où|dove|dentro|con|avec|com|permettant)\s))(?=[a-zà-ÿ])",
)
_PLAIN_LINKS = ("de", "d'", "d’", "qu")
"""Links that no English text holds: they tell a language by themselves."""
_GERMAN = pattern(
    r"\s*(?P<opening>(?:(?:Eine?|Der|Die|Das)\s(?:[a-zäöüß]+\s){0,2})?(?P<head>(?:[A-ZÄÖÜ][\wäöüß-]+))"
    r"(?:\s(?:von|vom|aller|des|der|zum|zur|zwischen|eines|einer|für|mit|aus|um)\s|,\s(?:der|die|das|bei|mit|in|dessen|deren|welche[rs]?)\s))(?=[^\W_])",
)
_GENERA = word_set(
    "analysis architecture case code command commands data error example exercise feature field fields issue key link list note order parameter parameters problem "
    "reference resource resources result rule rules sample set solution source sources structure table task term test type "
    "value variable variant version work"
)
"""Words that notes call their parts, and that as well say what kind of thing something is."""
_NO_HEADS = word_set(
    "lot lots number few couple bit ways thing things reason reasons time times place name names parts property properties characteristics kinds need want try able "
    "something anything everything those people someone anyone one book talk video lecture course post page site website repo repository "
    "wiki difference differences explanation discussion example examples similar same best most more "
    "less least other another such only first second third last next many several some all each every both instead ready due rather prior "
    "according because needs tends attempts think capture imagine consider assume suppose let look read ask notice remember cursor"
)
_BARE_NO_HEADS = word_set("ability approach experience help idea support tool tools way")
"""Heads that say enough only behind an article: `The ability to learn`."""
_NOUN_LINKS = word_set("of for that which who where whose")
"""What follows nouns: before any other link a word in -s may be a verb: `works on the rows`."""
_OFTEN_PLURAL = word_set(
    "blocks calls changes checks claims controls copies filters forms groups hosts labels links lists loads locks logs maps names objects "
    "packages points processes queries records releases reports requests resources results routes rules searches sets services stores "
    "streams tags tests transfers updates values views words works"
)
"""Forms in -s that are as often nouns, and head a phrase as such: `Container of groups for …`."""
_PARTICIPLES = word_set("built given held kept known made run seen sent set written")
_LOOSE_LINKS = word_set("at in on from with via")
"""What follows anything: a single word before it says too little, `War in our time`."""
_FOREIGN_VERBS = word_set(
    "existe existen hay son es está están tiene tienen puede pueden se sea sean dado dada dados dadas si no para por con en esto esta este eso "
    "il elle on nous ce cela c'est est sont a ont si pour par avec dans sans vers esiste esistono è sono ha hanno "
    "é são tem têm isto isso tipo tipos notas apuntes ejemplo ejemplos notes exemple exemples"
)
_FINITE = word_set(
    "es son está están hay ha han fue era puede pueden tiene tienen debe est sont a ont peut peuvent doit è sono é são tem "
    "ist sind war waren wird werden hat haben kann können muss müssen soll sollen gibt"
)
_LEAST_WORDS = 3
_LEAST_ACTIVITY = 5
_ACTIVITY = pattern(r"\s*(?P<doing>[A-Za-z][a-z]{2,}ing)\s(?!is\b|are\b|was\b|of\b|up\b|and\b|or\b)[a-z]")
"""`Guarding the rights of those who …` below a title that names something to do."""
_DOING = pattern(
    r"(?:tion|sion|ment|ing|sis|ance|ence|ism|ure|age|programming|attack|[a-z]{3}(?:out|back|over|down|up))$"
)
_GERUND = pattern(r"(?P<doing>[A-Z]?[a-z]{2,}ing) (?:[A-Z]?[a-z]{2,}[a-rt-z]|[A-Z]{2,5})")
_INSTRUCTIONS = word_set(
    "adding building changing checking compiling configuring connecting copying creating debugging deploying downloading editing enabling "
    "finding fixing generating getting importing installing making managing moving opening preparing reading removing running "
    "setting starting stopping testing updating upgrading using viewing working writing"
)
"""What titles of instructions begin with."""
_ADDRESS = pattern(r"://|www\.")
_DASHED = pattern(rf"\s{DASH}\s")
_ENDS = pattern(r"[.;:!?\n]")
_WORD = pattern(r"[^\W\d_]++(?:['’-][^\W\d_]++)*+(?![\d_])")
_RELATIVE = word_set(
    "que qui dont où che cui donde cuyo cuya cuyos cuyas der die das dessen deren welche welcher welches wenn weil dass cuando quand"
)


def begins(prose: str, title: str, language: str) -> int:
    """Where in PROSE, the first text of the section called TITLE, such a phrase begins; -1 where none does.

    LANGUAGE is that of the document, empty for English and Russian.
    """
    if (activity := _ACTIVITY.match(prose)) and activity["doing"].lower() not in _INSTRUCTIONS:
        name = cleaning.clean(title).name.lower()
        said = _line(prose)
        long = len(said.split()) >= _LEAST_ACTIVITY and MASK not in said and not _ADDRESS.search(said)
        long = long and verbless.has_no_verb(prose, activity.end("doing"), one=False, leads=True)
        return activity.start("doing") if long and _DOING.search(name) and _may_be_defined(title, said) else -1
    if possessed := _POSSESSED.match(prose):
        return possessed.start("opening") if _is_of_owner(possessed, prose, title) else -1
    english = _ENGLISH.match(prose)
    romance = None if english else _ROMANCE.match(prose)
    match = english or romance or _GERMAN.match(prose)
    if match is None:
        return -1
    said = _line(prose)
    if MASK in said or _ADDRESS.search(said) or len(said.split()) < _LEAST_WORDS or _only_leads_in(prose, said):
        return -1
    if not _may_be_defined(title, said):
        return -1
    if english:
        fits = _is_head(english["head"], english["link"], article=bool(english["article"])) and verbless.has_no_verb(
            prose, english.start("link"), one=False, leads=True
        )
    else:
        told = bool(language or not romance or romance["link"].startswith(_PLAIN_LINKS))
        fits = (
            told
            and _is_foreign_head(match["head"], romance=bool(romance))
            and ("," in match[0] or _has_no_foreign_verb(_line(prose[match.start("opening") :]), language))
        )
    return match.start("opening") if fits else -1


def _is_of_owner(possessed: re.Match[str], prose: str, title: str) -> bool:
    """Whether POSSESSED, the opening of PROSE, says what part of its owner TITLE is: `The plant’s outer layer, …`."""
    said = _line(prose)
    heads = possessed["what"].lower().split()
    if MASK in said or _ADDRESS.search(said) or heads[-1] in _NO_HEADS or heads[-1] in SECTION_WORDS:
        return False
    owner = possessed["owner"].lower()
    return owner not in title.lower() and not any(is_verb(word) for word in heads) and _may_be_defined(title, said)


_POSSESSED = pattern(
    r"\s*(?P<opening>(?:[Tt]he\s)?(?P<owner>[A-Za-z][a-z]{2,})['’]s\s[\"“]?(?P<what>(?:[a-z]+[\s-]){0,3}[a-z]{3,}))[\"”]?"
    r"(?=[\"”]?(?:[,.;]|\s(?:that|which|where|of|for|in)\s|\s*$))"
)


def _line(prose: str) -> str:
    """The first sentence of PROSE, up to the end of its line or a mark that ends it, the mark included."""
    text = prose.lstrip()
    end = _ENDS.search(text)
    return text[: end.end()] if end else text


def _only_leads_in(prose: str, said: str) -> bool:
    """Whether SAID, of PROSE, leads in to what stands below and says nothing else: `cursor at the end of expression:`."""
    following = prose.lstrip()[len(said) : len(said) + 1]
    return said.endswith(":") and "," not in said and (following in {"", "\n"} or " of " not in said)


def _may_be_defined(title: str, said: str) -> bool:
    """Whether TITLE is a name of one thing, no question, instruction or label, that SAID does not speak of."""
    name = cleaning.clean(title).name
    if not name or _DASHED.search(title) or names.is_label(name):
        return False
    if not names.defined_shape(name) and not is_gerund_name(name):
        return False
    parts = [word.lower() for word in folding.words(name)]
    if parts[0] in NEVER_WORDS or (parts[-1] in SECTION_WORDS and not is_kind(parts[-1])):
        return False
    return len(parts) > 1 or parts[0] not in said.lower().split()


def is_kind(word: str) -> bool:
    """Whether WORD, which notes call a part of theirs by, says as well what kind of thing something is: `keys`."""
    return folding.singular(word) in _GENERA


def is_gerund_name(name: str) -> bool:
    """Whether NAME may be a thing called after what it does, as an instruction hardly begins: `Relying party`, `Signing CA`."""
    match = _GERUND.fullmatch(name)
    return match is not None and match["doing"].lower() not in _INSTRUCTIONS


def _has_no_foreign_verb(said: str, language: str) -> bool:
    """Whether SAID, up to its first clause, holds no verb that any sentence has."""
    words = _WORD.findall(said.lower())
    clause = next((at for at, word in enumerate(words) if word in _RELATIVE), len(words))
    finite = _FINITE if language not in _A_IS_TO else _FINITE - {"a"}
    return finite.isdisjoint(words[:clause])


_A_IS_TO = frozenset({"es", "it", "pt"})
"""Languages whose `a` is a preposition; in French it is what has."""


def _is_head(head: str, link: str, *, article: bool) -> bool:
    """Whether the English HEAD is a noun with its adjectives that may say what kind of thing something is."""
    words = head.split()
    lower = [word.lower() for word in words]
    last, first = lower[-1], lower[0]
    if any(word in FUNCTION_WORDS or word in PREPOSITIONS or word in _NO_HEADS for word in lower):
        return False
    if not article and last in _BARE_NO_HEADS:
        return False
    if last in SECTION_WORDS and last not in _GENERA:
        return False
    if len(words) > 1 and all(word[0].isupper() and not word.isupper() for word in words):
        return False  # a person, a title
    if words[0].islower() and any(word[0].isupper() and not word.isupper() for word in words[1:]):
        return False
    # Alone behind an article it is a noun: `the speed at which …`.
    alone = article and len(words) == 1
    if not alone and (
        last.endswith(("ing", "ly", "ed")) or is_verb(last) or (first.endswith("ed") and last.endswith("s"))
    ):
        return False  # the last: `Convinced farmers that …`
    if any(_acts(word) for word in words[1:]):
        return False
    joint = link.split(maxsplit=1)[0]
    loose = (last[-1] == "s" and joint not in _NOUN_LINKS) or joint in _LOOSE_LINKS
    if len(words) == 1 and loose and not article and not words[0].isupper():
        return False
    if len(words) == 1 and joint == "of":
        return True  # no instruction goes on so: `List of …`
    return article or not (begins_topic(first) or is_finite_verb(first) or first.endswith("ly"))


def _acts(word: str) -> bool:
    """Whether WORD, behind the first of a phrase, is what somebody does: `Kubernetes supports tunnels to …`."""
    if not word.islower() or word.endswith(("ed", "ing")) or word in _PARTICIPLES:
        return False
    return is_verb(word) or (word[-1] == "s" and word[:-1] in VERB_BASES and word not in _OFTEN_PLURAL)


def _is_foreign_head(head: str, *, romance: bool) -> bool:
    words = head.lower().split()
    if any(word in _FOREIGN_VERBS for word in words) or words[-1] in SECTION_WORDS:
        return False
    return not romance or not words[0].endswith(_NO_NOUNS)


_NO_NOUNS = ("mos", "ons", "ez", "ar", "er", "ir", "are", "ere", "ire", "ando", "iendo", "endo", "indo")
"""Endings of verbs."""
