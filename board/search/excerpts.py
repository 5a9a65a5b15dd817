"""Why a project was found, where its card does not show it: a few words of its long texts around those looked for."""

import re
from collections.abc import Iterable

from board.search.long_texts import texts_of
from board.search.places import Place, places

LENGTH = 160  # characters
BEFORE = 40  # of them at most before the first word found
READ = 20_000  # characters of a text

LINK = re.compile(r"!?\[([^\][]{0,200})\]\([^()\s]{0,300}\)")
BREAK = re.compile(r"\n(?=[ \t]*(?:\n|[-*+#>]|\d{1,3}[.)][ \t]))")
FIRST_SIGNS = re.compile(r"^[ \t]*(?:#{1,6}[ \t]|[-*+>][ \t]|\d{1,3}[.)][ \t]|=+$|-+$)", re.MULTILINE)
SIGNS = re.compile(r"[*`~]+|_+(?!\w)|_(?<!\w_)_*")


def of(shown: dict[int, frozenset[str]], marks: frozenset[str], words: int) -> dict[int, str]:
    """Excerpts by id for those of a page whose cards do not show so many words found. One query at most.
    `shown`: the stems found on each card, by id."""
    lacking = {number: stems for number, stems in shown.items() if len(stems) < words}
    if not lacking:
        return {}
    texts = {row.id: (row.description, row.deliverable) for row in texts_of(list(lacking))}
    made = {number: excerpt(texts[number], marks, lacking[number]) for number in texts}
    return {number: words for number, words in made.items() if words}


def excerpt(texts: Iterable[str], marks: frozenset[str], shown: frozenset[str] = frozenset()) -> str:
    """The best place of the texts, as plain words; empty where none of them holds what was looked for and is not
    shown already. The words found are not yet marked, and nothing is escaped."""
    best: tuple[int, int, str] | None = None
    for text in texts:
        text = text[:READ]
        found = places(text, marks, shown)
        if not found:
            continue
        found_here, first = around(found)
        if best is None or found_here > best[0]:
            best = found_here, first, text
    return cut(best[2], best[1]) if best else ""


def around(found: list[Place]) -> tuple[int, int]:
    """How many different words stand within reach of the best place, and where that begins."""
    best = 0, 0
    for number, place in enumerate(found):
        near = {other.stem for other in found[number : number + 20] if other.start - place.start < LENGTH - BEFORE}
        if len(near) > best[0]:
            best = len(near), place.start
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
    lines = []
    for part in BREAK.split(text) if "\n" in text else [text]:
        if "[" in part:
            part = LINK.sub(r"\1", part)
        line = " ".join(SIGNS.sub("", FIRST_SIGNS.sub("", part)).split())
        if line:
            lines.append(line)
    return " · ".join(lines)
