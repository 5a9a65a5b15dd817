"""Finds, in what an employer wrote, words that point to work the law keeps from minors, and near forms of them, in
English and Spanish. Whole words only. Pure.

A table of words, not patterns that somebody types: see words.toml. What it finds is a question, never a verdict.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from board.checks.results import Level, Result
from board.checks.rulebook import FLSA_14_15, FLSA_ORDERS
from board.checks.tasks import BY_SLUG, Task
from board.words import N_

VOWELS = "aeiou"
# letters and digits, with what joins them unseen: combining marks, zero-width characters, apostrophes
WORD = re.compile(r"[^\W_](?:[^\W_]|['’\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff])*")
# endings of regular Spanish verbs as people write them in a description; the stem comes before
VERB = {
    "ar": "ar as an ando ado ada amos aras aran".split(),
    "er": "er es en iendo ido ida emos eras eran".split(),
    "ir": "ir es en iendo ido ida imos iras iran".split(),
}


@dataclass(frozen=True)
class Hit:
    """A place in a text: which task it points to, and the words as they stand there."""

    slug: str
    words: str
    key: str  # of content.py


Span = tuple[str, int, int]  # a task, and the words from the first to before the last, by their place


def hits(texts: Mapping[str, str]) -> Iterator[Hit]:
    """Everything that points to a task of words.toml, text by text, in the order of the text."""
    table, lengths = phrases()
    for key, text in texts.items():
        tokens = list(words_in(text))
        plain = tuple(token for token, _start, _end in tokens)
        harmless: set[tuple[str, int]] = set()  # a task, and a word that means something else here
        found: list[Span] = []
        for place, word in enumerate(plain):
            for end in (place + length for length in lengths.get(word, ()) if place + length <= len(plain)):
                for slug, is_fine in table.get(plain[place:end], ()):
                    if is_fine:
                        harmless |= {(slug, at) for at in range(place, end)}
                    else:
                        found.append((slug, place, end))
        for slug, first, last in outermost(found):
            if not any((slug, at) in harmless for at in range(first, last)):
                yield Hit(slug, text[tokens[first][1] : tokens[last - 1][2]], key)


def outermost(found: list[Span]) -> Iterator[Span]:
    """Of hits that lie in one another only the outer one: "deli slicer", and not "slicer" in it. `found` is in order of
    the first word, the longest of them first."""
    reached = 0
    for span in found:
        if span[2] > reached:
            reached = span[2]
            yield span


def questions(
    texts: Mapping[str, str],
    ticked: Collection[str] = (),
    minimum_age: int | None = None,
    excluded: Collection[str] = (),
) -> list[Result]:
    """R10: one question for each task the text points to and nobody ticked, if the youngest who may apply may not do it.

    `ticked`: tasks the employer said (the engine asks about those by itself); `excluded`: what this school never takes.
    """
    by_task: dict[str, list[Hit]] = {}
    for hit in hits(texts):
        by_task.setdefault(hit.slug, []).append(hit)
    youngest = minimum_age or 14
    return [
        question(BY_SLUG[slug], found)
        for slug, found in by_task.items()
        if slug not in ticked and (BY_SLUG[slug].lowest > youngest or slug in excluded)
    ]


def question(task: Task, found: list[Hit]) -> Result:
    said = list(dict.fromkeys(hit.words.lower() for hit in found))[:4]
    return Result(
        "R10", Level.REASON, N_("A word that needs a look."),
        N_("The text mentions “%(text)s”. If the student does that, they must be %(age)s or older."),
        {"text": "”, “".join(said), "age": task.lowest},
        N_("If the student does it, tick it in the list of tasks. If not, say so in the text, or leave the word out."),
        FLSA_ORDERS if task.orders else FLSA_14_15, found[0].key, f"R10:{task.slug}", (14, task.lowest - 1),
    )  # fmt: skip


# -- words and their forms


def words_in(text: str) -> Iterator[tuple[str, int, int]]:
    """(word without accents and case, where it begins and ends in the text). A hyphen or a slash parts two words."""
    for match in WORD.finditer(text):
        yield bare(match.group()), match.start(), match.end()


@lru_cache(maxsize=4096)
def bare(word: str) -> str:
    """Without case and accents, nor the possessive: "Chef's" and "chefs" are the chef's. The ñ is kept as n."""
    letters = normalize("NFKD", word.casefold()).replace("’", "'")
    letters = "".join(letter for letter in letters if letter.isalnum() or letter == "'").strip("'")
    return letters.removesuffix("'s").replace("'", "")


def forms(word: str) -> set[str]:
    """A word of the table and its near forms, English: bake, bakes, baked, baking; mow, mowing; dig, digging."""
    made = {word, f"{word}s", f"{word}es", f"{word}ed", f"{word}ing"}
    if word.endswith("e"):
        made |= {f"{word}d", f"{word[:-1]}ing"}
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        made |= {f"{word[:-1]}ies", f"{word[:-1]}ied"}
    short = len(word) > 2 and word[-1] not in VOWELS + "wxy" and word[-2] in VOWELS and word[-3] not in VOWELS
    if short:
        made |= {f"{word}{word[-1]}ing", f"{word}{word[-1]}ed"}
    return made


def spanish(word: str) -> set[str]:
    """The same for Spanish: verbs by their infinitive, nouns and adjectives by number and gender."""
    ending = word[-2:]
    if ending in VERB and len(word) > 4:
        return {bare(word[:-2] + end) for end in VERB[ending]} | {word}
    if word.endswith(("cion", "sion")):
        return {word, f"{word}es"}
    if word.endswith("o"):
        return {word, f"{word}s", f"{word[:-1]}a", f"{word[:-1]}as"}
    return {word, f"{word}s"} if word[-1] in VOWELS else {word, f"{word}es"}


Table = dict[
    tuple[str, ...], list[tuple[str, bool]]
]  # the words: the tasks they point to, and whether they are harmless


@lru_cache(maxsize=1)
def phrases() -> tuple[Table, dict[str, tuple[int, ...]]]:
    """The table, and how long the phrases are that begin with a word, the longest first."""
    table: Table = {}
    lengths: dict[str, set[int]] = {}
    read = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
    for slug, lists in read.items():
        for language, is_fine in (("en", False), ("es", False), ("fine", True)):
            for words in lists.get(language, ()):
                for phrase in written(tuple(bare(word) for word in words.split()), language):
                    rows = table.setdefault(phrase, [])
                    if (slug, is_fine) not in rows:
                        rows.append((slug, is_fine))
                    lengths.setdefault(phrase[0], set()).add(len(phrase))
    return table, {word: tuple(sorted(found, reverse=True)) for word, found in lengths.items()}


def written(words: tuple[str, ...], language: str) -> Iterator[tuple[str, ...]]:
    """The ways people write a phrase."""
    if language == "es":
        for first in spanish(words[0]):
            yield (first, *words[1:])
        return
    for last in forms(words[-1]):
        yield (*words[:-1], last)
        if len(words) == 2 and language == "en":
            yield (words[0] + last,)
    if len(words) > 1:
        for first in forms(words[0]):
            yield (first, *words[1:])
