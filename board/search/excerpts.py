"""Why a project was found, where its card does not show it: a few words of its long texts around those looked for."""

import re
import unicodedata
from collections.abc import Iterable

from board.postings.model import Posting
from board.search.text import split, stem
from board.statements import Statement

LENGTH = 160  # characters
BEFORE = 40  # of them at most before the first word found
READ = 20_000  # characters of a text
MOST_PLACES = 200  # where a text is looked at more closely

WORD = re.compile(r"\.?\w+(?:['’.&]\w+)*(?:\+\+|#)?")
LINK = re.compile(r"!?\[([^\][]{0,200})\]\([^()\s]{0,300}\)")
BREAK = re.compile(r"\n(?=[ \t]*(?:\n|[-*+#>]|\d{1,3}[.)][ \t]))")
WITHOUT_ACCENTS = {n: unicodedata.normalize("NFD", chr(n))[0] for n in range(0xC0, 0x250)}
SIGNS = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]|[-*+>][ \t]|\d{1,3}[.)][ \t]|=+$|-+$)|[*`~]+|(?<!\w)_+|_+(?!\w)", re.MULTILINE
)

long_texts = Statement(
    lambda ids: Posting.select(Posting.id, Posting.description, Posting.deliverable).where(Posting.id.in_(ids)).tuples()
)


def of(postings: list[Posting], skills: dict[int, str], marks: frozenset[str], words: int) -> dict[int, str]:
    """Excerpts by id for those of a page whose cards do not show so many words found. One query at most.
    `skills`: those of each posting, in one text."""
    lacking = {}
    for posting in postings:
        field = posting.field.name if posting.field_id else ""
        card = f"{posting.title} {posting.employer.name} {posting.summary} {skills.get(posting.id, '')} {field}"
        shown = frozenset(its for _, its in found(card, marks))
        if len(shown) < words:
            lacking[posting.id] = shown
    if not lacking:
        return {}
    made = {number: excerpt(texts, marks, lacking[number]) for number, *texts in long_texts(list(lacking))}
    return {number: words for number, words in made.items() if words}


def excerpt(texts: Iterable[str], marks: frozenset[str], shown: frozenset[str] = frozenset()) -> str:
    """The best place of the texts, as plain words; empty where none of them holds what was looked for and is not
    shown already. The words found are not yet marked, and nothing is escaped."""
    best: tuple[int, int, str] | None = None
    for text in texts:
        text = text[:READ]
        places = found(text, marks, shown)
        if not places:
            continue
        found_here, first = around(places)
        if best is None or found_here > best[0]:
            best = found_here, first, text
    return cut(best[2], best[1]) if best else ""


def found(text: str, marks: frozenset[str], shown: frozenset[str] = frozenset()) -> list[tuple[int, str]]:
    """Where words that were looked for begin, and their stems. Letters are looked for first: a word is cut and
    stemmed only where it may be one."""
    lower = text.lower()
    candidates = places_of(marks, lower)
    if not candidates and not text.isascii():
        candidates = places_of(marks, lower.translate(WITHOUT_ACCENTS))
    places = []
    for at in sorted(candidates)[:MOST_PLACES]:
        match = WORD.match(text, at)
        for whole in split(match.group()) if match else ():
            its = stem(whole)
            if whole in marks and its not in shown:
                places.append((at, its))
                break
    return places


def places_of(marks: frozenset[str], text: str) -> set[int]:
    return {at for letters in marks if letters in text for at in all_of(text, letters)}


def all_of(text: str, letters: str) -> Iterable[int]:
    """Where words of a text begin with these letters, the first so many."""
    at, count = text.find(letters), 0
    while at >= 0 and count < MOST_PLACES:
        if not at or not text[at - 1].isalnum():
            count += 1
            yield at
        at = text.find(letters, at + 1)


def around(places: list[tuple[int, str]]) -> tuple[int, int]:
    """How many different words stand within reach of the best place, and where that begins."""
    best = 0, 0
    for number, (start, _) in enumerate(places):
        near = {its for at, its in places[number : number + 20] if at - start < LENGTH - BEFORE}
        if len(near) > best[0]:
            best = len(near), start
    return best


def cut(text: str, at: int) -> str:
    """The words around a place, without Markdown's signs."""
    start = max(0, at - BEFORE)
    if breaks := list(BREAK.finditer(text, start, at)):
        start = breaks[-1].end()
    elif start and (space := text.find(" ", start, at)) >= 0:
        start = space
    end = min(len(text), start + LENGTH)
    if end < len(text) and (space := text.rfind(" ", at + 1, end)) > 0:
        end = space
    words = plain(text[start:end])
    return f"{'… ' if text[:start].strip() else ''}{words}{' …' if text[end:].strip() else ''}"


def plain(text: str) -> str:
    """Paragraphs and the lines of a list with a dot between them."""
    lines = (" ".join(SIGNS.sub("", LINK.sub(r"\1", part)).split()) for part in BREAK.split(text))
    return " · ".join(line for line in lines if line)
