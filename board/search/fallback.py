"""Search without an index: every open posting's text is read, as far as each word needs.

It finds what the index finds, and ranks it roughly; it corrects nothing. The folded texts are kept by version while
there is no index (some 20 MB for ten thousand postings), so that only the first search in a process is slow.
"""

import re
from bisect import bisect
from collections.abc import Collection, Iterable
from typing import NamedTuple

from board.db import database
from board.postings.model import State
from board.search import opening
from board.search.documents import WEIGHTS
from board.search.text import Word, compounds, fold, root, split, stem

Scores = dict[int, float]

MOST_IDS = 400  # asked for by number, and not kept
FEW, SOME = 20, 200  # so few hold all the words: that many are added that hold some
UNFINISHED = 0.3  # what a word counts that only begins as the last one typed
SHORTEST_BEGINNING = 3
BEGUN = ("title", "skills", "field", "summary", "employer")  # where the last word of a search may be unfinished
LONG = 3  # letters that are rare enough to be looked for wherever they stand
PARTS = tuple(WEIGHTS)

VERSIONS = "SELECT id, version FROM posting WHERE state = ? AND held_at IS NULL"
COLUMNS = {
    "title": "p.title", "skills": "coalesce(named.skills, '')", "field": "coalesce(f.name, '')",
    "summary": "p.summary", "deliverable": "p.deliverable", "employer": "e.name", "description": "p.description",
}  # fmt: skip
TEXTS = f"""
SELECT p.id, p.version, {", ".join(COLUMNS[name] for name in WEIGHTS)}
FROM posting p JOIN employer e ON e.id = p.employer_id LEFT JOIN field f ON f.id = p.field_id LEFT JOIN (
    SELECT ps.posting_id AS id, group_concat(s.name, ' ') AS skills
    FROM posting_skill ps JOIN skill s ON s.id = ps.skill_id GROUP BY ps.posting_id
) named ON named.id = p.id
WHERE p.state = ? AND p.held_at IS NULL"""


class Text(NamedTuple):
    """All of a posting's words, folded, the weightiest part first; and where each part ends."""

    version: int
    whole: str
    ends: tuple[int, ...]


_kept: dict[int, Text] = {}
opening.on_opening.append(_kept.clear)


def candidates(words: list[Word], ids: Collection[int]) -> list[int]:
    """The postings that hold all the words, best first; where they are few, some that hold a part of them follow."""
    full = find(words, ids)
    partial = find(words, ids, least=1) if len(full) < FEW and len(words) > 1 else {}
    best = sorted(full, key=lambda number: -full[number])
    others = sorted((number for number in partial if number not in full), key=lambda number: -partial[number])
    return best + others[:SOME]


def find(words: list[Word], ids: Collection[int], least: int | None = None) -> Scores:
    """Scores of those among these open postings that hold the words: all, or at least so many."""
    if not words or not ids:
        return {}
    least = min(least or len(words), len(words))
    wanted = [Wanted(word, position == len(words) - 1) for position, word in enumerate(words)]
    wanted.sort(key=lambda one: -len(one.root))  # what most texts lack is looked for first
    texts = read(ids) if len(ids) <= MOST_IDS else every()
    allowed = ids if isinstance(ids, (set, frozenset, dict)) else frozenset(ids)
    scores = {number: total(wanted, text, least) for number, text in texts.items() if number in allowed}
    return {number: score for number, score in scores.items() if score}


def read(ids: Collection[int] | None = None) -> dict[int, Text]:
    """The texts of open postings that are not held: of these, or of all."""
    some = "" if ids is None else f" AND p.id IN ({', '.join('?' * len(ids))})"
    rows = database.execute_sql(TEXTS + some, [State.OPEN.value, *(ids or ())])
    return {number: joined(version, parts) for number, version, *parts in rows}


def joined(version: int, parts: Iterable[str]) -> Text:
    whole, ends = "", []
    for part in parts:
        folded = fold(part)
        whole += " ".join([folded, *compounds(folded)]) + "\n"
        ends.append(len(whole))
    return Text(version, whole, tuple(ends))


def every() -> dict[int, Text]:
    """The texts of all, as they are now; only what has changed is read."""
    versions = dict(database.execute_sql(VERSIONS, [State.OPEN.value]).fetchall())
    stale = [number for number, version in versions.items() if number not in _kept or _kept[number].version != version]
    if len(stale) > MOST_IDS:
        _kept.update(read())
    elif stale:
        _kept.update(read(stale))
    for number in set(_kept) - set(versions):
        _kept.pop(number, None)
    return dict(_kept)


def total(wanted: list["Wanted"], text: Text, least: int) -> float:
    score, lacking = 0.0, len(wanted) - least
    for one in wanted:
        found = one.score(text)
        lacking -= not found
        if lacking < 0:
            return 0.0
        score += found
    return score


class Wanted:
    """One word of a search, and what it has been compared with so far."""

    def __init__(self, word: Word, is_last: bool):
        self.word = word
        self.root = root(word.stem)
        self.begins = word.whole if is_last and len(word.whole) >= SHORTEST_BEGINNING else ""
        # a word never begins behind a letter, but ".net" may
        start = "(?<![a-z])" if self.root.isalpha() and len(self.root) < LONG else ""
        self._hits = re.compile(rf"{start}{re.escape(self.root)}\S*").finditer
        self._seen: dict[str, float] = {}

    def score(self, text: Text) -> float:
        """The weight of the weightiest part that holds the word, or less where it only begins so; or 0."""
        if self.root not in text.whole:
            return 0.0
        begun = 0.0
        for hit in self._hits(text.whole):
            start = hit.start()
            while start and not text.whole[start - 1].isspace():
                start -= 1
            piece = text.whole[start : hit.end()]
            found = self._seen.get(piece)
            if found is None:
                found = self._seen[piece] = self.compared(piece)
            if found:
                name = PARTS[bisect(text.ends, start)]
                if found == 1.0:
                    return WEIGHTS[name]
                if name in BEGUN:
                    begun = max(begun, UNFINISHED * WEIGHTS[name])
        return begun

    def compared(self, piece: str) -> float:
        """For what stands between two blanks (words never reach over one): 1 if it is the word or has its stem."""
        found = split(piece)
        if any(one == self.word.whole or stem(one) == self.word.stem for one in found):
            return 1.0
        return UNFINISHED if self.begins and any(one.startswith(self.begins) for one in found) else 0.0
