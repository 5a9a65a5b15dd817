"""Which postings hold a word, and how well: from the index, and from the database for those it lacks.

A word's postings are read from a segment of the index once and kept: a segment never changes, so what is kept
stays right until the segment is gone. Postings that the index lacks are cut into words here and read the same way.
"""

import threading
from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property, partial

import numpy as np

from board.search.documents import terms
from board.search.entries import NONE, NOTHING, Entry, Option, all_of, best_of
from board.search.flat import EXTENSION, Flat
from board.search.manifest import File
from board.search.text import COMMON, stem
from board.search.vocabulary import Vocabulary, term_of

KIN = 0.58  # what another form of a word counts
MOST_KEPT = 150_000  # postings of words kept for one segment; about 2 MB
EACH = 60  # a word costs as much beside its postings, also one that nothing holds


class Shelf:
    """Some postings, and what is kept of the words asked for."""

    def __init__(self) -> None:
        self.kept: dict[tuple[Option, ...] | str, Entry] = {}
        self.size = 0
        self.lock = threading.Lock()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        raise NotImplementedError

    def read(self, options: tuple[Option, ...]) -> Entry:
        """The postings that answer any of the options, each by the best."""

        def make() -> Entry:
            return best_of([(self.answer(option), option.counts) for option in options])

        return self.keep(options, make)

    def keep(self, key: tuple[Option, ...] | str, make: Callable[[], Entry]) -> Entry:
        with self.lock:
            found = self.kept.pop(key, None)
            if found is not None:
                self.kept[key] = found  # the last used is the last to go
                return found
        found = make()
        with self.lock:
            if key not in self.kept:
                self.kept[key] = found
                self.size += found.size + EACH
            while self.size > MOST_KEPT and len(self.kept) > 1:
                self.size -= self.kept.pop(next(iter(self.kept))).size + EACH
        return found

    def answer(self, option: Option) -> Entry:
        if len(option.words) > 1:  # small words between the others need not be there
            telling = [word for word in option.words if word not in COMMON] or option.words
            return all_of([self.read((option._replace(words=(word,), counts=1.0),)) for word in telling])
        (word,) = option.words
        forms = [(word, 1.0)] if word in self.vocabulary else []
        if option.with_forms:
            forms += [(other, KIN) for other in self.vocabulary.kin(word)]
        found = [(self.keep(form, partial(self.look_up, form)), counts) for form, counts in forms]
        titles = self.titled(stem(word)) if option.titles else NONE
        return best_of(found)._replace(titles=titles) if found else NOTHING

    def look_up(self, word: str) -> Entry:
        """The postings that hold a word of the vocabulary."""
        raise NotImplementedError

    def titled(self, its_stem: str) -> np.ndarray:
        """Those that have a word with this stem in the title."""
        raise NotImplementedError


class Segment(Shelf):
    """A segment of the index."""

    def __init__(self, file: File):
        self.flat, self.file = Flat(file), file
        self.numbers = self.flat.numbers
        super().__init__()
        self.titles_kept: dict[str, np.ndarray] = {}  # all together less than a megabyte

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.flat.words.terms, self.flat.words.counts, self.flat.telling)

    def look_up(self, word: str) -> Entry:
        return Entry(*self.flat.words.of(term_of(word), self.file))

    def titled(self, its_stem: str) -> np.ndarray:
        found = self.titles_kept.get(its_stem)
        if found is None:
            found = self.flat.titles.of(its_stem, self.file)[0]
            if len(found):  # what no title holds is whatever somebody types: without end
                self.titles_kept[its_stem] = found
        return found


class Heap(Shelf):
    """Postings that no index holds yet, by id: their texts cut into words."""

    def __init__(self, texts: Iterable[tuple[int, dict[str, str]]]):
        super().__init__()
        self.terms = {number: terms(parts) for number, parts in texts}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        held = Counter(term_of(word) for some in self.terms.values() for word in some.scores)
        ordered = sorted(held)
        telling = sorted({word for some in self.terms.values() for word in some.telling})
        return Vocabulary(ordered, array("i", map(held.__getitem__, ordered)), telling)

    def look_up(self, word: str) -> Entry:
        found = {number: some.scores[word] for number, some in self.terms.items() if word in some.scores}
        return Entry.of(list(found), list(found.values()))

    def titled(self, its_stem: str) -> np.ndarray:
        return np.array([number for number, some in self.terms.items() if its_stem in some.title], np.int32)


class Source:
    """Where one request reads: a shelf, and the postings that are no longer to be found there."""

    def __init__(self, shelf: Shelf, dead: np.ndarray = NONE):
        self.shelf, self.dead = shelf, dead

    def read(self, options: tuple[Option, ...]) -> Entry:
        entry = self.shelf.read(options)
        return entry.but(self.gone) if len(self.dead) else entry

    @cached_property
    def gone(self) -> np.ndarray:
        """The dead ones by id; False at the end, for every id beyond."""
        made = np.zeros(int(self.dead.max()) + 2, bool)
        made[self.dead] = True
        return made


_segments: dict[str, Segment] = {}


def sources_of(segments: list, files: dict[str, File]) -> list[Source]:
    """These segments of the index; each is read once, and what was kept of others is let go."""
    sources, used = [], {}
    for written in segments:
        name = written.segment_id()
        file = files[written.make_filename(EXTENSION)]
        segment = _segments.get(name)
        if segment is None or segment.file is not file:
            segment = Segment(file)
        used[name] = segment
        sources.append(Source(segment, segment.numbers[sorted(written.deleted_docs())]))
    _segments.update(used)
    for name in set(_segments) - set(used):
        _segments.pop(name, None)
    return sources


def forget() -> None:
    """Another index has taken the place of the old one."""
    _segments.clear()
