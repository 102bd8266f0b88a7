"""A first sentence that speaks of its title and says what it is: `A graph is prime if …` below `* Prime graph`.

Its subject may say more than the title (`Tools on the client side are programs that …` below `* Client tools`) and stand behind what is
given (`Given two words, an alignment is a …`).

In German and the Romance languages also with a copula (`Una torre es una sucesión …`), and after what names things there
(`Llamamos serie a toda cadena …`, `Eine Abbildung … heißt Zufallsvariable`).
"""

from __future__ import annotations

import re

from orgkb.concepts import cleaning, folding
from orgkb.concepts.candidates import telling
from orgkb.concepts.candidates.foreign import GERMAN_TELLS, ROMANCE_TELLS
from orgkb.concepts.lexicon import FUNCTION_WORDS
from orgkb.concepts.lexicon.european import EVERY_SMALL_WORD, LEADING_WORDS
from orgkb.concepts.lexicon.words import word_set
from orgkb.concepts.text import MASK
from orgkb.patterns import pattern

_ARTICLE = r"(?:An?|Any|Every|Each|Un[ao]?|Une|El|La|Los|Las|Le|Les|Il|Lo|I|Gli|O|Os|As|Um|Uma|Eine?|Der|Die|Das|Jede[rs]?|Todo|Toda|Tout|Toute)"
_IS = pattern(
    r"\s(?P<verb>es|son|est|sont|è|sono|é|são|ist|sind)\s(?=(?:un|una|uno|el|la|lo|los|las|une|le|les|il|gli|um|uma|o|os|eine?|der|die|das|aquel|aquella"
    r"|aquellos|aquellas|cualquier|cada|toda|todo|celui|celle|ceux|celles|l[’']|quello|quella|jede[rs]?)(?:\s|(?<=’)|(?<='))[^\W\d_]*|igual)"
)
_CALLS = pattern(
    r"(?:^|[\s(])(?:[Ll]lamamos|[Ss]e\sllaman?|[Dd]efinimos|[Ss]e\sdefinen?|[Oo]n\sappelle|[Oo]n\snomme|[Oo]n\sdéfinit|heißt|heissen|heißen|heisst|nennt\sman|[Mm]an\snennt"
    r"|[Nn]ennen\swir|[Ww]e\scall|is\scalled|are\scalled|is\ssaid\sto\sbe|[Ss]i\schiama|[Dd]ecimos\sque|[Dd]izemos\sque|[Oo]n\sdit\sque|[Mm]an\ssagt|[Ww]ir\ssagen|[Ww]e\ssay|[Cc]hiamiamo|[Cc]hamamos|[Ss]e\sdicen?|[Ss]i\sdice|[Ss]i\sdicono|[Dd]iciamo\sche|[Dd]iz-se\sque|[Cc]hama-se)\s"
)
_IF = pattern(r"\s(?:if|iff|when|whenever|si|ssi|cuando|lorsque|quand|wenn|falls|gdw\.?|se|quando)\s")
_VERB = pattern(r"\s(?:is|are|es|son|est|sont|è|sono|é|são|ist|sind)\s")
_OPENS = pattern(rf"\s*{_ARTICLE}\s", re.IGNORECASE)
_WORD = pattern(r"[^\W\d_]{2,}+")
_STEM = 5
_TELLS = pattern(rf"\s*(?:{GERMAN_TELLS}|{ROMANCE_TELLS})(?:,?\s[^\W\d_])", re.IGNORECASE)
"""A verb of another language that tells what the title does, the title left out: `prüft, ob …`."""
_LONGEST = 400
_LEAST_WORDS = 5
_FEW = 5
"""Words before the copula among which the title's own must be."""
_SMALL = EVERY_SMALL_WORD | LEADING_WORDS | FUNCTION_WORDS


def begins(prose: str, title: str, stop: int, bare: bool) -> int:
    """Where in PROSE, the first text of the section called TITLE, the definition begins that ends at STOP; -1 where none does.

    BARE verbs may have their subject left out; in items of English notes they are instructions: `define a key`.
    """
    sentence = prose[:stop]
    if bare and _TELLS.match(sentence):
        return len(sentence) - len(sentence.lstrip())
    wanted = _content(title)
    if not wanted or stop > _LONGEST or sentence.rstrip().endswith("?"):
        return -1
    start = len(sentence) - len(sentence.lstrip())
    if is_subject(sentence, title):
        return start
    told = set(_content(sentence))
    if wanted[0] not in told or len(sentence.split()) < _LEAST_WORDS:
        return -1
    opened = _OPENS.match(sentence)
    if opened and (match := _IS.search(sentence)):
        before = _content(sentence[opened.end() : match.start()])
        if before == wanted and MASK not in sentence[: match.start()]:
            return match.end()
        # `La característica de A es …` below `Característica del anillo`
        if before and before[0] == wanted[0] and (set(before) <= set(wanted) or set(wanted) <= set(before[:_FEW])):
            return start
    if not told.issuperset(wanted):
        return -1
    if _CALLS.search(sentence):
        return start
    if opened and (verb := _VERB.search(sentence)) and (condition := _IF.search(sentence, verb.end() - 1)):
        # `A graph is connected if …` says nothing of graphs.
        predicate = set(_content(sentence[verb.end() : condition.start()]))
        whole = set(wanted) <= set(_content(sentence[: condition.start()]))
        return start if whole and not predicate.isdisjoint(wanted) else -1
    return -1


def is_subject(sentence: str, title: str) -> bool:
    """Whether TITLE is what an English SENTENCE speaks of, among other words, and tells: `A leaf node is …` below `* Node`."""
    given = _GIVEN.match(sentence)
    begin = given.end() if given else 0
    verb = _ENGLISH.search(sentence, begin)
    if verb is None or MASK in sentence[begin : verb.start()] or _ASIDE.search(sentence, begin, verb.start()):
        return False
    before = _WORD.findall(sentence.lower(), begin, verb.start())
    if not 0 < len(before) <= _MOST_BEFORE or before[0] in _POINTING or "of" in before:
        return False
    wanted = [folding.fold_word(word.lower()) for word in folding.words(cleaning.clean(title).name)]
    own = [folding.fold_word(word) if word not in _SMALL else "" for word in before]
    joint = next((at for at, word in enumerate(before) if word in _JOINTS), len(before))
    named = {word for word in own[:joint] if word}
    # `The Agora compiler is …` below `* Agora` speaks of another thing, `Tools on the client side are …` below `* Client tools` does not.
    whole = named.issuperset(wanted)
    said = named if whole else {word for word in own if word}
    if not wanted or not said.issuperset(wanted) or len(said) > len(wanted) + 1:
        return False
    if joint == 0 or own[joint - 1] not in (wanted[-1:] if whole else wanted):
        return False
    if not given and joint == len(before) and len(said) == len(wanted):
        return False  # nothing but the title: that is told elsewhere
    return bool(_DEFINED.match(sentence, verb.start() + 1)) or telling.tells(sentence[verb.start() + 1 :], verb["verb"])


_JOINTS = word_set("in on at for between from with within by to")
_ENGLISH = pattern(r"\s(?P<verb>is|are)\s")
_GIVEN = pattern(r"\s*(?:Given|For|In|With|Within)\s(?:an?\s|the\s|two\s|any\s|each\s|some\s)?[^.,;:()\n]{3,50},\s")
_ASIDE = pattern(r"[.,;:()?!]|\s(?:and|or|but|because|that|which|who|if|when)\s")
_DEFINED = pattern(r"(?:is|are)\s(?:defined|understood|described)\s(?:as|by)\s[^\W\d]")
_MOST_BEFORE = 7
_POINTING = word_set(
    "this that these those it its such our your my their one another some many most all both no each every if when"
)


def speaks_of(text: str, title: str) -> bool:
    """Whether TEXT holds the words of TITLE, whatever their endings."""
    return set(_content(title)) <= set(_content(text))


def _content(text: str) -> list[str]:
    """The beginnings of the words of TEXT that are no small words, in order."""
    return [word[:_STEM] for word in _WORD.findall(text.lower()) if word not in _SMALL]
