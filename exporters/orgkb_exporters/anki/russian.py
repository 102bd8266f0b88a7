"""What Russian words show: forms that only the middle of a sentence has, nouns and verbs."""

from __future__ import annotations

import re
from functools import lru_cache

from orgkb.concepts.lexicon import morphology
from orgkb.patterns import pattern

CYRILLIC = pattern(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)
LATIN = pattern(r"[a-z]{2,}", re.IGNORECASE)


@lru_cache(maxsize=4096)
def begins_inflected(text: str) -> bool:
    """Whether TEXT begins with a Russian noun or adjective that can only be the end of a sentence: «вариациями метода»."""
    match = CYRILLIC.match(text)
    if match is None:
        return False
    forms = morphology.forms(match.group())
    cases = {form.case for form in forms}
    if forms[0].part == "PRTF" and re.match(r"\S+\s(?:в|во|для|на|по|при|с|из|к|от)\s", text):
        # «используемый для …» lacks the noun.
        return True
    if forms[0].part not in {"NOUN", "ADJF"} or "nomn" in cases:
        return False
    # «ошибку, вызванную …» is the object of a verb that stood before.
    return forms[0].case == "accs" or (forms[0].case in {"ablt", "datv", "loct"} and "accs" not in cases)


@lru_cache(maxsize=4096)
def disagrees(term: str, text: str) -> bool:
    """Whether Russian TEXT begins with a verb in the singular, though TERM is a plural: another thing does it."""
    verb, name = CYRILLIC.match(text), CYRILLIC.findall(term)
    if verb is None or not name:
        return False
    does = morphology.forms(verb.group())[0]
    if does.part != "VERB" or does.number != "sing" or does.person != "3per":
        return False
    heads = [form for word in name for form in morphology.forms(word) if form.case == "nomn" and form.part == "NOUN"]
    return bool(heads) and all(form.number == "plur" for form in heads)


def is_russian_verb(text: str) -> bool:
    """Whether TEXT begins with a Russian verb that is no infinitive."""
    match = CYRILLIC.match(text)
    return match is not None and morphology.forms(match.group())[0].part == "VERB"


@lru_cache(maxsize=4096)
def is_russian_noun(word: str) -> bool:
    """Whether WORD is a Russian noun in the nominative, as in «список файлов»."""
    return bool(CYRILLIC.fullmatch(word)) and any(
        form.part == "NOUN" and form.case == "nomn" for form in morphology.forms(word)[:2]
    )


@lru_cache(maxsize=4096)
def is_oblique(term: str) -> bool:
    """Whether a Russian TERM is no noun in the nominative: an adjective alone, an inflected or another word."""
    russian = [word for word in CYRILLIC.findall(term) if len(word) > 2]
    if not russian or not CYRILLIC.match(term):
        return False
    forms = [morphology.forms(word) for word in russian]
    nominative = [any(f.part in {"NOUN", "ADJF", "PRTF"} and f.case == "nomn" for f in of) for of in forms]
    if not nominative[0]:
        # Unknown words and abbreviations are names; «альфа-системой» is inflected in its last part.
        return morphology.is_known(russian[0].lower().rpartition("-")[2]) and forms[0][0].part != "INFN"
    nouns = [i for i, of in enumerate(forms) if of[0].part == "NOUN"]
    if nouns and not any(f.part == "NOUN" and f.case == "nomn" for f in forms[nouns[0]]):
        return morphology.is_known(russian[nouns[0]].lower())
    if LATIN.search(term):
        return False
    return all(
        of[0].part in {"ADJF", "ADJS", "PRTF", "PRTS", "ADVB"} and not any(f.part == "NOUN" for f in of) for of in forms
    )


@lru_cache(maxsize=4096)
def is_spoken(text: str) -> bool:
    """Whether Russian TEXT begins with a verb of the first or second person, an order or an adverb: half a sentence."""
    match = CYRILLIC.match(text)
    if match is None:
        return False
    best = morphology.forms(match.group())[0]
    if best.part in {"ADVB", "ADJS", "PRED", "PRCL", "CONJ"}:
        return True
    return best.part == "VERB" and (best.mood == "impr" or best.person in {"1per", "2per"})
