"""Which postings hold a word, and how well: from the index, and from the database for those it lacks.

A word's postings are read from a segment of the index once and kept: a segment never changes, so what is kept
stays right until the segment is gone. Postings that the index lacks are cut into words here and read the same way.
"""

import threading
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from board.search.documents import TEXTS, WEIGHTS, terms
from board.search.vocabulary import Vocabulary

# BM25's two constants, and lengths (in words) that count as usual: fixed, so that a posting scores the same
# whether it is read from the index or from the database
K1, B = 1.2, 0.5
USUAL = {
    "title": 6, "skills": 8, "field": 2, "summary": 20, "deliverable": 20, "employer": 3, "description": 130,
}  # fmt: skip
KIN = 0.68  # what another form of a word counts
OTHER_PARTS = 0.2  # of what the parts beside the best one say
MOST_KEPT = 1_500_000  # postings of words kept for one segment; about 15 MB


class Entry:
    """The postings that hold a word: their ids in order, how well each does, and which have it in the title."""

    __slots__ = ("numbers", "scores", "titles")

    def __init__(self, scores: dict[int, float], titles: Iterable[int]):
        self.numbers = array("i", sorted(scores))
        self.scores = array("f", map(scores.__getitem__, self.numbers))
        self.titles = frozenset(titles)

    def __len__(self) -> int:
        return len(self.numbers)

    def get(self, number: int) -> float:
        """A posting's score; 0 when it does not hold the word."""
        at = bisect_left(self.numbers, number)
        return self.scores[at] if at < len(self.numbers) and self.numbers[at] == number else 0.0

    def items(self) -> Iterable[tuple[int, float]]:
        return zip(self.numbers, self.scores, strict=True)

    def but(self, dead: frozenset[int]) -> "Entry":
        """Without some postings."""
        if not any(self.get(number) for number in dead):
            return self
        return Entry({n: score for n, score in self.items() if n not in dead}, self.titles - dead)


NOTHING = Entry({}, ())


def best_of(entries: list[tuple[Entry, float]]) -> Entry:
    """Each posting by the best of several entries, of which each counts so much."""
    entries = [(entry, counts) for entry, counts in entries if entry.numbers]
    if len(entries) < 2 and all(counts == 1 for _, counts in entries):
        return entries[0][0] if entries else NOTHING
    best: dict[int, float] = {}
    for entry, counts in sorted(entries, key=lambda pair: -len(pair[0])):
        if not best:
            best = {n: score * counts for n, score in entry.items()}
            continue
        for number, score in entry.items():
            score *= counts
            if score > best.get(number, 0.0):
                best[number] = score
    return Entry(best, frozenset().union(*(entry.titles for entry, _ in entries)))


class Tally:
    """Adds up what the parts of postings say about a word: the best part counts in full, the others a little."""

    def __init__(self):
        self.best: dict[int, float] = {}
        self.every: dict[int, float] = {}
        self.titles: list[int] = []

    def add(self, name: str, found: dict[int, float]) -> None:
        """What one part says, by posting."""
        if name == "title":
            self.titles += found
        best, every = self.best, self.every
        if not best:
            best.update(found)
            return
        both = [number for number in found if number in best]
        for number in both:
            one, other = best[number], found[number]
            every[number] = every.get(number, one) + other
            if one > other:
                found[number] = one
        best.update(found)

    @property
    def entry(self) -> Entry:
        for number, total in self.every.items():
            self.best[number] += OTHER_PARTS * (total - self.best[number])
        return Entry(self.best, self.titles)


class Segment:
    """What is kept of one segment of the index."""

    def __init__(self, reader):
        column = reader.column_reader("number")
        self.numbers = [int(column[document]) for document in range(reader.doc_count_all())]
        self.damping: dict[str, array] = {}
        self.words: dict[str, Entry] = {}
        self.kept = 0
        self.lock = threading.Lock()
        self.vocabulary = Vocabulary({name: count(reader, name) for name in TEXTS})

    def read(self, reader, word: str, with_forms: bool) -> Entry:
        """The postings that hold a word, or also one of its other forms."""
        key = f"{word}~" if with_forms else word
        with self.lock:
            found = self.words.pop(key, None)
            if found is not None:
                self.words[key] = found  # the last used is the last to go
                return found
        found = self.family(reader, word) if with_forms else self.look_up(reader, word)
        with self.lock:
            if key not in self.words:
                self.words[key] = found
                self.kept += len(found)
            while self.kept > MOST_KEPT and len(self.words) > 1:
                self.kept -= len(self.words.pop(next(iter(self.words))))
        return found

    def family(self, reader, word: str) -> Entry:
        kin = self.vocabulary.kin(word)
        own = self.look_up(reader, word)
        return best_of([(own, 1.0), *((self.look_up(reader, other), KIN) for other in kin)]) if kin else own

    def look_up(self, reader, word: str) -> Entry:
        tally, numbers = Tally(), self.numbers
        for name in self.vocabulary.parts(word):
            weight = WEIGHTS[name] * (K1 + 1)
            damping = self.damping.get(name) or self.damping_of(reader, name)
            pairs = holding(reader, name, word)
            found = {numbers[at]: weight * times / (times + damping[at]) for at, times in pairs}
            tally.add(name, found)
        return tally.entry

    def damping_of(self, reader, name: str) -> array:
        """How much the length of a part takes from what a word in it says, by document."""
        length = reader.doc_field_length
        made = array("f", (dampened(name, length(document, name, 1)) for document in range(len(self.numbers))))
        self.damping[name] = made
        return made


def holding(reader, name: str, word: str) -> Iterator[tuple[int, float]]:
    """(document, how often) for a word in one part: block by block, since one by one each takes four calls.

    Deleted documents are among them, as a segment's postings are kept longer than it takes to delete one.
    """
    postings = reader.postings(name, word)
    postings = getattr(postings, "child", postings)
    while postings.is_active():
        postings.id(), postings.weight()  # reads the block
        yield from zip(postings._ids, postings._weights, strict=True)
        postings._next_block()


def dampened(name: str, length: int) -> float:
    return K1 * (1 - B + B * (length or 1) / USUAL[name])


def count(reader, name: str) -> dict[str, int]:
    """How many postings of a segment hold each word of a part."""
    return {word.decode(): info.doc_frequency() for word, info in reader.iter_field(name)}


class Shelf(NamedTuple):
    """A segment as this request finds it: what is kept, a reader, and what has been deleted since it was written."""

    segment: Segment
    reader: object
    dead: frozenset[int]

    @property
    def vocabulary(self) -> Vocabulary:
        return self.segment.vocabulary

    def read(self, word: str, with_forms: bool = False) -> Entry:
        return self.segment.read(self.reader, word, with_forms).but(self.dead)


class Heap:
    """Postings that no index holds yet, by id: their texts cut into words."""

    def __init__(self, texts: Iterable[tuple[int, dict[str, str]]]):
        self.parts = {number: terms(parts) for number, parts in texts}
        counts: dict[str, dict[str, int]] = {name: {} for name in TEXTS}
        for parts in self.parts.values():
            for name, words in parts.items():
                for word in set(words):
                    counts[name][word] = counts[name].get(word, 0) + 1
        self.vocabulary = Vocabulary(counts)

    def read(self, word: str, with_forms: bool = False) -> Entry:
        kin = self.vocabulary.kin(word) if with_forms else []
        return best_of([(self.look_up(word), 1.0), *((self.look_up(other), KIN) for other in kin)])

    def look_up(self, word: str) -> Entry:
        tally = Tally()
        for name in self.vocabulary.parts(word):
            weight, found = WEIGHTS[name] * (K1 + 1), {}
            for number, parts in self.parts.items():
                times = parts[name].count(word)
                if times:
                    found[number] = weight * times / (times + dampened(name, len(parts[name])))
            tally.add(name, found)
        return tally.entry


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
