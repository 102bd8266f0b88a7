"""Make a folder of notes in the shape of the biggest real one found.

    python benchmarks/vault.py FOLDER [--scale 1.0] [--concepts 100000] [--seed 1] [--tiny 20000]

At scale 1: 6,058 files of 84 MB (the largest 1.4 MB), 70,000 headings, 18,500 ids, 39,000 links,
English words as frequent as they are, some Russian, terms by Zipf's law, lists, tables and code between them; some
18,000 mentions in a megabyte, three of four of them one word, about as in real notes, at any size.  --scale makes all of it
smaller or larger alike; --tiny makes that many files of some 100 bytes and their share of the definitions instead.
"""

from __future__ import annotations

import argparse
import itertools
import random
from pathlib import Path

from orgkb.concepts.frequency import english_counts

FILES, SIZE, HEADINGS, IDS, LINKS = 6_058, 84_000_000, 70_000, 18_500, 39_000
LARGEST = 1_400_000
OPENING = ["in", "on", "with", "for", "from", "at", "by", "when", "if", "after", "under", "while"]
"""What sentences begin with: a word that `is` follows would be defined by it, and the larger the folder the more words."""
RUSSIAN = [
    "и",
    "в",
    "на",
    "с",
    "для",
    "что",
    "это",
    "не",
    "как",
    "по",
    "к",
    "из",
    "от",
    "или",
    "при",
    "все",
    "так",
    "его",
    "она",
    "мы",
    "контейнер",
    "сервер",
    "узел",
    "сеть",
    "файл",
]
VERBS = [
    "uses",
    "runs",
    "needs",
    "sends",
    "reads",
    "writes",
    "keeps",
    "starts",
    "stops",
    "holds",
    "creates",
    "contains",
]


class Words:
    """Words of English, as frequent as they are, and terms by Zipf's law: words that nothing else has, and made-up pairs.

    Plain words are no terms and terms no plain words: else a larger folder, which has more names, would mention more in
    each sentence.
    """

    def __init__(self, chance: random.Random, concepts: int) -> None:
        counts = {word: count for word, count in english_counts().items() if word.isalpha() and len(word) > 2}
        common = sorted(counts, key=lambda word: (-counts[word], word))
        singles = [word for word in common[1_500::2] if len(word) > 4]
        named = set(singles)
        self.plain = [word for word in common[:40_000] if word not in named]
        chance.shuffle(singles)
        nouns = self._nouns = self.plain[1_500:]
        self._singles = singles[: max(5, int(concepts * SINGLE_NAMES))]
        pairs = (f"{chance.choice(nouns)} {chance.choice(nouns)}" for _ in range(concepts - len(self._singles)))
        self._pairs = list(dict.fromkeys(pairs))
        self.terms = [*self._pairs, *self._singles]
        chance.shuffle(self.terms)
        self._chance = chance
        self._word_weights = list(itertools.accumulate(counts[word] for word in self.plain))
        self._weights = [_zipf(self._singles), _zipf(self._pairs)]

    def some(self, count: int) -> list[str]:
        """COUNT words."""
        return self._chance.choices(self.plain, cum_weights=self._word_weights, k=count)

    def term(self) -> str:
        """A term."""
        pair = self._chance.random() > SINGLE_MENTIONS
        return self._chance.choices(self._pairs if pair else self._singles, cum_weights=self._weights[pair])[0]

    def heading(self) -> str:
        """A heading: a term, or some rarer words; a frequent one alone would name something that stands everywhere."""
        chance = self._chance
        return self.term() if chance.random() < 0.4 else " ".join(chance.choices(self._nouns, k=chance.randint(2, 4)))

    def sentence(self) -> str:
        """A sentence, which may hold terms."""
        chance = self._chance
        words = [chance.choice(OPENING), *self.some(chance.randint(6, 17))]
        if chance.random() < 0.15:
            words[chance.randrange(len(words))] = chance.choice(RUSSIAN)
        for _ in range(chance.choice((0, 1, 1, 2, 3))):
            words.insert(chance.randrange(len(words)), self.term())
        if chance.random() < 0.1:
            words = [self.term(), chance.choice(VERBS), "the", self.term(), *words]
        text = " ".join(words)
        return text[0].upper() + text[1:] + "."


SINGLE_NAMES, SINGLE_MENTIONS = 0.12, 0.8
"""What part of the terms, and of what is said of them, has one word."""


def _zipf(terms: list[str]) -> list[float]:
    return list(itertools.accumulate(1 / (rank + 30) for rank in range(len(terms))))


def paragraph(words: Words, chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.55:
        return " ".join(words.sentence() for _ in range(chance.randint(1, 6)))
    if kind < 0.8:
        return "\n".join(f"- {words.sentence()}" for _ in range(chance.randint(2, 7)))
    if kind < 0.9:
        command = words.some(4)
        return f"#+begin_src sh\n{command[0]} {command[1]} --{command[2]}={command[3]}\n#+end_src"
    if kind < 0.95:
        return "\n".join("| " + " | ".join(words.some(4)) + " |" for _ in range(chance.randint(2, 6)))
    return f"*{words.term()}* and /{words.some(1)[0]}/ with ~{words.some(1)[0]}~, see {words.sentence()}"


def sizes(chance: random.Random, files: int, total: int, largest: int) -> list[int]:
    raw = [chance.lognormvariate(0, 1.3) for _ in range(files)]
    factor = total / sum(raw)
    return [max(200, min(largest, int(value * factor))) for value in raw]


def make(folder: Path, scale: float, concepts: int, seed: int, tiny: int = 0) -> None:
    chance = random.Random(seed)
    words = Words(chance, max(10, int(concepts * scale)))
    files = tiny or max(2, int(FILES * scale))
    total = files * 100 if tiny else int(SIZE * scale)
    shape = [100] * files if tiny else sizes(chance, files, total, max(5_000, int(LARGEST * min(1.0, scale * 8))))
    names = [f"{number % 40:02}/note{number:05}.org" for number in range(files)]
    ids = [f"{chance.getrandbits(64):016x}-{number}" for number in range(max(1, int(IDS * scale)))]
    undefined, unused, links = list(words.terms), list(ids), int(LINKS * scale)
    for number, size in enumerate(shape):
        share = size / sum(shape)
        headings = max(1, round(HEADINGS * scale * share)) if not tiny else 1
        out = [f"#+title: {' '.join(words.some(3)).title()}\n"]
        length = 0
        level = 1
        linked = round(links * share + chance.random() * 0.999 - 0.5) if not tiny else chance.randrange(2)
        defined = -(-len(words.terms) // files) if tiny else round(len(words.terms) * share + 0.5)
        own = round(len(ids) * share + chance.random() * 0.999 - 0.5) if not tiny else chance.randrange(2)
        for heading in range(headings):
            level = chance.randint(1, min(4, level + 1))
            out.append(f"{'*' * level} {words.heading().capitalize()}")
            if own > 0 and unused:
                own -= 1
                out.append(f":PROPERTIES:\n:ID:       {unused.pop()}\n:END:")
            until = size * (heading + 1) / headings
            part = -(-defined // headings)
            while part > 0 and undefined:
                part -= 1
                term = undefined.pop()
                out.append(f"- {term} :: {words.sentence()}")
                length += len(out[-1]) + 1
            if linked > 0:
                linked -= 1
                target = f"id:{chance.choice(ids)}" if chance.random() < 0.7 else f"file:../{chance.choice(names)}"
                out.append(f"See [[{target}][{words.some(1)[0]}]].")
            while length < until:
                out.append(paragraph(words, chance) + "\n")
                length += len(out[-1].encode()) + 1
        path = folder / names[number]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(out) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--concepts", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tiny", type=int, default=0)
    args = parser.parse_args()
    make(args.folder, args.scale, args.concepts, args.seed, args.tiny)


if __name__ == "__main__":
    main()
