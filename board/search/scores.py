"""Which postings hold a word, and how well: from the index, and from the database for those it lacks.

A word's postings are read from a segment of the index once and kept: a segment never changes, so what is kept
stays right until the segment is gone. Postings that the index lacks are cut into words here and read the same way.
"""

import threading
from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from board.search.documents import TEXTS, WEIGHTS, terms
from board.search.entries import Entry, Option, Tally, all_of, best_of
from board.search.vocabulary import Vocabulary

# BM25's two constants, and lengths (in words) that count as usual: fixed, so that a posting scores the same
# whether it is read from the index or from the database
K1, B = 1.2, 0.5
USUAL = {
    "title": 6, "skills": 8, "field": 2, "summary": 20, "deliverable": 20, "employer": 3, "description": 130,
}  # fmt: skip
NAMES = ("title", "skills", "field")
KIN = 0.58  # what another form of a word counts
MOST_KEPT = 1_500_000  # postings of words kept for one segment; about 15 MB


class Shelf:
    """Some postings, and what is kept of the words asked for."""

    def __init__(self, counts: dict[str, dict[str, int]]):
        self.vocabulary = Vocabulary(counts)
        self.kept: dict[tuple[Option, ...], Entry] = {}
        self.size = 0
        self.lock = threading.Lock()

    def read(self, reader, options: tuple[Option, ...]) -> Entry:
        """The postings that answer any of the options, each by the best."""
        with self.lock:
            found = self.kept.pop(options, None)
            if found is not None:
                self.kept[options] = found  # the last used is the last to go
                return found
        found = best_of([(self.answer(reader, option), option.counts) for option in options])
        with self.lock:
            if options not in self.kept:
                self.kept[options] = found
                self.size += len(found)
            while self.size > MOST_KEPT and len(self.kept) > 1:
                self.size -= len(self.kept.pop(next(iter(self.kept))))
        return found

    def answer(self, reader, option: Option) -> Entry:
        if len(option.words) > 1:
            return all_of([self.read(reader, (Option((word,), 1.0, option.with_forms),)) for word in option.words])
        (word,) = option.words
        if option.in_names:
            return self.look_up(reader, word, NAMES)
        if not option.with_forms:
            return self.look_up(reader, word)
        forms = [(word, 1.0), *((other, KIN) for other in self.vocabulary.kin(word))]
        return best_of([(self.read(reader, (Option((form,), 1.0, False),)), counts) for form, counts in forms])

    def look_up(self, reader, word: str, parts: tuple[str, ...] = TEXTS) -> Entry:
        raise NotImplementedError


class Segment(Shelf):
    """A segment of the index."""

    def __init__(self, reader):
        super().__init__({name: count(reader, name) for name in TEXTS})
        column = reader.column_reader("number")
        self.numbers = [int(column[document]) for document in range(reader.doc_count_all())]
        self.damping: dict[str, array] = {}

    def look_up(self, reader, word: str, parts: tuple[str, ...] = TEXTS) -> Entry:
        tally, numbers = Tally(), self.numbers
        for name in self.vocabulary.parts(word, parts):
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


class Heap(Shelf):
    """Postings that no index holds yet, by id: their texts cut into words."""

    def __init__(self, texts: Iterable[tuple[int, dict[str, str]]]):
        self.parts = {number: terms(parts) for number, parts in texts}
        counts: dict[str, dict[str, int]] = {name: {} for name in TEXTS}
        for parts in self.parts.values():
            for name, words in parts.items():
                for word in set(words):
                    counts[name][word] = counts[name].get(word, 0) + 1
        super().__init__(counts)

    def look_up(self, reader, word: str, parts: tuple[str, ...] = TEXTS) -> Entry:
        tally = Tally()
        for name in self.vocabulary.parts(word, parts):
            weight, found = WEIGHTS[name] * (K1 + 1), {}
            for number, parts in self.parts.items():
                times = parts[name].count(word)
                if times:
                    found[number] = weight * times / (times + dampened(name, len(parts[name])))
            tally.add(name, found)
        return tally.entry


class Source(NamedTuple):
    """Where one request reads: a shelf, what it is read with, and the postings that are no longer to be found there."""

    shelf: Shelf
    reader: object = None
    dead: frozenset[int] = frozenset()

    def read(self, options: tuple[Option, ...]) -> Entry:
        return self.shelf.read(self.reader, options).but(self.dead)


_segments: dict[str, Segment] = {}


def sources_of(searcher) -> list[Source]:
    """The index's segments as they are now; what was kept of others is let go."""
    sources, used = [], {}
    for reader, _ in searcher.reader().leaf_readers():
        written = reader.segment()
        segment = _segments.get(written.segment_id()) or Segment(reader)
        used[written.segment_id()] = segment
        dead = frozenset(segment.numbers[document] for document in written.deleted_docs())
        sources.append(Source(segment, reader, dead))
    _segments.update(used)
    for name in set(_segments) - set(used):
        _segments.pop(name, None)
    return sources


def forget() -> None:
    """Another index has taken the place of the old one."""
    _segments.clear()
