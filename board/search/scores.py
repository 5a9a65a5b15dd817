"""Which postings hold the words, and how well: from the index, and from the database for those it lacks.

A word's postings are read from the index once and kept: a segment of the index never changes, so what is
kept stays right until the segment is gone. Scores are BM25 in each part of a posting (k1, b as usual),
the best part counting in full and the others a little.
"""

import math
import threading
from array import array
from typing import NamedTuple

from board.postings.model import IndexRepair
from board.search import index
from board.search.documents import BATCH, TEXTS, WEIGHTS, terms, texts
from board.search.text import Word, fold, root

K1, B = 1.2, 0.5
OTHER_PARTS = 0.2
UNFINISHED = 0.3  # what a word counts that only begins as the last one typed
SHORTEST_BEGINNING = 3
MOST_KEPT = 250_000  # postings of words kept for one segment; about 20 MB

BEGINS = "*"  # marks a beginning among the words that are kept; no word holds it

Scores = dict[int, float]


def match(words: list[Word], live) -> Scores:
    """Scores of live postings that hold all the words; the last word may be unfinished. `live`: their ids."""
    if not words:
        return {}
    # the repair list first: what leaves it between these two lines is in the index by then
    behind = [number for (number,) in IndexRepair.select(IndexRepair.posting_id).tuples()]
    for _ in range(2):
        searcher = index.searcher()
        if searcher is None:
            break
        try:
            scores = from_index(searcher, words)
        except Exception:  # another process has just tidied up, or a file is broken
            index.let_go()
            continue
        for number in behind:
            scores.pop(number, None)
        behind = [number for number in behind if number in live]
        return scores | from_database(words, behind) if behind else scores
    else:
        index.distrust()
    return from_database(words, list(live))


# -- the index


def from_index(searcher, words: list[Word]) -> Scores:
    shelves = shelves_of(searcher)
    total = sum(len(shelf.segment.numbers) - len(shelf.dead) for shelf in shelves)
    found: Scores | None = None
    for position, word in enumerate(words):
        scores = of_key(shelves, word.stem, total)
        if position == len(words) - 1 and len(word.whole) >= SHORTEST_BEGINNING:
            for number, score in of_key(shelves, word.whole + BEGINS, total).items():
                scores[number] = max(score * UNFINISHED, scores.get(number, 0.0))
        if found is not None:
            scores = {number: score + found[number] for number, score in scores.items() if number in found}
        found = scores
    return found or {}


def of_key(shelves: list["Shelf"], key: str, total: int) -> Scores:
    """Scores over all segments; the fewer postings hold the word, the more it says."""
    kept = [(shelf, shelf.segment.read(shelf.reader, key)) for shelf in shelves]
    rarity = math.log(1 + total / (1 + sum(len(scores) for _, scores in kept)))
    return {
        number: score * rarity for shelf, scores in kept for number, score in scores.items() if number not in shelf.dead
    }


class Segment:
    """What is kept of one segment of the index: its postings' ids, and scores for each word asked for."""

    def __init__(self, reader):
        column = reader.column_reader("number")
        self.numbers = array("q", (column[document] for document in range(reader.doc_count_all())))
        self.damping: dict[str, array] = {}
        self.words: dict[str, Scores] = {}
        self.kept = 0
        self.lock = threading.Lock()

    def read(self, reader, key: str) -> Scores:
        """Scores of this segment's postings for a stem, or for a beginning (which ends in BEGINS)."""
        with self.lock:
            scores = self.words.pop(key, None)
            if scores is not None:
                self.words[key] = scores  # the last used is the last to go
                return scores
        scores = self.beginning(reader, key[:-1]) if key.endswith(BEGINS) else self.word(reader, key)
        with self.lock:
            if key not in self.words:
                self.words[key] = scores
                self.kept += len(scores)
            while self.kept > MOST_KEPT and len(self.words) > 1:
                self.kept -= len(self.words.pop(next(iter(self.words))))
        return scores

    def word(self, reader, stem: str) -> Scores:
        best: Scores = {}
        every: Scores = {}
        for name in TEXTS:
            for number, score in self.part(reader, name, stem):
                score *= WEIGHTS[name]
                every[number] = every.get(number, 0.0) + score
                if score > best.get(number, 0.0):
                    best[number] = score
        return {number: score + OTHER_PARTS * (every[number] - score) for number, score in best.items()}

    def beginning(self, reader, letters: str) -> Scores:
        best: Scores = {}
        for ending in list(reader.expand_prefix("begun", letters)):
            for number, score in self.part(reader, "begun", ending):
                best[number] = max(score * WEIGHTS["skills"], best.get(number, 0.0))
        return best

    def part(self, reader, name: str, term):
        """(id, BM25 without rarity) of the postings that hold a term in one part."""
        if (name, term) not in reader:
            return
        numbers, damping = self.numbers, self.damping.get(name) or self.damping_of(reader, name)
        postings = reader.postings(name, term)
        at, often, onward, active = postings.id, postings.weight, postings.next, postings.is_active
        while active():
            document, times = at(), often()
            yield numbers[document], times * (K1 + 1) / (times + damping[document])
            onward()

    def damping_of(self, reader, name: str) -> array:
        """How much the length of a part takes from what a word in it says, by document."""
        length, documents = reader.doc_field_length, range(len(self.numbers))
        average = reader.field_length(name) / max(1, len(documents)) or 1.0
        made = array("f", (K1 * (1 - B + B * (length(document, name, 1) or 1) / average) for document in documents))
        self.damping[name] = made
        return made


class Shelf(NamedTuple):
    """A segment as this request finds it: what is kept, a reader, and what has been deleted since it was written."""

    segment: Segment
    reader: object
    dead: frozenset[int]


_segments: dict[str, Segment] = {}


def shelves_of(searcher) -> list[Shelf]:
    """The index's segments as they are now; what was kept of others is let go."""
    shelves, used = [], {}
    for reader, _ in searcher.reader().leaf_readers():
        written = reader.segment()
        segment = _segments.get(written.segment_id()) or Segment(reader)
        used[written.segment_id()] = segment
        dead = frozenset(segment.numbers[document] for document in written.deleted_docs())
        shelves.append(Shelf(segment, reader, dead))
    _segments.update(used)
    for name in set(_segments) - set(used):
        _segments.pop(name, None)
    return shelves


def forget() -> None:
    """Another index has taken the place of the old one."""
    _segments.clear()


# -- the database


def from_database(words: list[Word], ids: list[int]) -> Scores:
    """The same question asked of the database: slower, never wrong."""
    scores: Scores = {}
    roots = [root(word.stem) for word in words]
    for start in range(0, len(ids), BATCH):
        for number, parts in texts(ids[start : start + BATCH]):
            everything = fold(" ".join(parts.values()))
            if not all(some in everything for some in roots):
                continue  # cheap, and mostly enough
            found, begun = terms(parts)
            score = 0.0
            for position, word in enumerate(words):
                best = max((WEIGHTS[name] for name in TEXTS if word.stem in found[name]), default=0.0)
                is_last = position == len(words) - 1 and len(word.whole) >= SHORTEST_BEGINNING
                if not best and is_last and any(other.startswith(word.whole) for other in begun):
                    best = UNFINISHED * WEIGHTS["skills"]
                if not best:
                    break
                score += best
            else:
                scores[number] = score
    return scores
