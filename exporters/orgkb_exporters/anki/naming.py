"""What a text is to its term: its long form, a translation, another name, the term again, or about something else."""

from __future__ import annotations

import re
from typing import Final

from orgkb.concepts.lexicon.english import FUNCTION_WORDS, PREPOSITIONS
from orgkb.patterns import pattern, reaches
from orgkb_exporters.anki import prose

SHORT: Final = 2
"""Words of a translation: a longer text in another script explains."""
CIRCULAR: Final = 6
"""Words of a definition that must not hold its own term: what is left says too little."""
STEM: Final = 4
"""Letters of a word that a longer one is made of, and words of a text that say nothing beside it."""
OWN: Final = 2
"""Words beside those of the term, without prepositions and the like, that say too little."""
_OTHER_HAS = pattern(
    r"(?:[Tt]he\s|[Ee]ach\s|[Ee]very\s)?(?!(?:The|An?|Each|Every)\s)(?:([A-Z][\w-]*)\s(?:includes|uses|has|supports|provides|offers|contains|comes|lets|allows"
    r"|treats|takes|requires|needs)\s|([A-Z][\w-]*(?:\s[A-Z][\w-]*){1,3})\s(?:is|are|was|only|does|will)\s)"
)
_NAMED = pattern(r"((?:\w+\s){2,6})\(([A-Z]{2,6})\)\W*")
_SAYS_IT_IS = pattern(r"\A(?:an?\s|the\s)?\S+\s(?:is|are|means|это|является)\s", re.IGNORECASE)
_EASTERN = pattern(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def is_circular(term: str, text: str) -> bool:
    """Whether TEXT is TERM again with hardly a word beside it."""
    if _SAYS_IT_IS.search(text):
        return False
    if prose.holds(text, term) and len(prose.content_words(text)) <= CIRCULAR:
        return True
    spaced = re.sub(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])", " ", term)
    names = prose.words(spaced)
    if len(names) == 1:
        # "cuteness - act of being cute".
        own = {word for word in prose.words(text) if len(word) >= STEM and names[0].startswith(word)}
        return bool(own) and "_" not in term and len(prose.words(text)) <= STEM
    if not prose.holds(text, spaced):
        return False
    return len(set(prose.words(text)) - set(names) - FUNCTION_WORDS - PREPOSITIONS) <= OWN


def is_other_name(term: str, text: str) -> bool:
    """Whether TEXT is only another name with its own abbreviation."""
    match = _NAMED.fullmatch(text)
    if match is None or prose.holds(term, match[2]):
        return False
    return "".join(word[0] for word in match[1].split()).casefold() == match[2].casefold()


def is_of_other(term: str, text: str) -> bool:
    """Whether TEXT tells what something else has or uses: "Linux uses numbers for it"."""
    match = _OTHER_HAS.match(text)
    if match is None:
        return False
    subject = (match[1] or match[2]).casefold()
    initials = "".join(word[0] for word in prose.words(term))
    return subject != initials and not any(
        subject.startswith(word[:4]) or word.startswith(subject[:4]) for word in prose.words(term)
    )


def starts_with(text: str, term: str) -> bool:
    """Whether TEXT begins with TERM, beyond an article."""
    bare = re.sub(r"\A(?:an?|the)\s", "", prose.fold(text))
    return bare.startswith(f"{prose.fold(term)} ")


def is_name(term: str) -> bool:
    """Whether TERM is written as names of things are: `PodScheduled`, `FCFLAGS`, `sys.path`."""
    return bool(re.search(r"[a-z][A-Z]|\b[A-Z]{3,}\b|\w[._]\w", term))


def is_expansion(term: str, text: str) -> bool:
    """Whether TERM is made of the first letters of TEXT, as "RMSE - Root Mean Squared Error"."""
    letters = re.sub(r"[^\w]|\d", "", term).casefold()
    if not 2 <= len(letters) <= 8 or len(letters) < len(term.strip()) - 2:
        return False
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", text)).casefold()
    capitals = sum(c.isupper() for c in term) * 2 >= len(letters)
    return initials.startswith(letters[:4] if capitals else letters)


def is_eastern(text: str) -> bool:
    """Whether TEXT has letters of Chinese, Japanese or Korean."""
    return reaches(text, "\u3040") and bool(_EASTERN.search(text))


def is_word(term: str, text: str) -> bool:
    """Whether TEXT translates TERM or spells it out, rather than saying what it is."""
    if prose.is_translation(term, text):
        return len(prose.content_words(text)) <= SHORT or is_eastern(term + text)
    return is_eastern(term) or is_expansion(term, text)
