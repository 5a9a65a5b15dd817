"""A segment of the index laid out as searches read it: the postings of each word side by side, one small read away.

Whoosh keeps a word's postings pickled, and where they are in a tree on the disk: that serves to write and to merge
segments, and is slow to ask. So each segment is laid out once more, in a file beside it, when it is written.
"""

from array import array
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

import numpy as np
from whoosh.reading import SegmentReader

from board.search.manifest import File
from board.search.vocabulary import place_of

EXTENSION = ".flat"
NONE = np.zeros(0, np.int32)
BETWEEN = "\n"  # terms; none holds it


class Postings:
    """One field of a segment: its terms in order, how many postings hold each, and where these lie in the file."""

    def __init__(self, terms: list[str], counts: array, has_weights: bool):
        self.terms, self.counts, self.size = terms, counts, 8 if has_weights else 4  # bytes of a posting
        self.start = 0
        self.places = array("i", [0, *np.cumsum(np.frombuffer(counts, np.int32)).tolist()] if counts else [0])

    def of(self, term: str, file: File) -> tuple[np.ndarray, np.ndarray]:
        """The ids of the postings that hold a term, in order, and their weights, where there are any."""
        place = place_of(term, self.terms)
        if place is None:
            return NONE, NONE
        count = self.counts[place]
        raw = file.read(self.start + self.places[place] * self.size, count * self.size)
        return np.frombuffer(raw, np.int32, count), np.frombuffer(raw, np.float32, -1, count * 4)

    @property
    def end(self) -> int:
        return self.start + self.places[-1] * self.size


class Flat:
    """A segment as it is read. `numbers`: the id of each document, also of those deleted since. Its words are read when
    somebody asks for one: whoever only looks what is in the index needs none."""

    def __init__(self, file: File):
        self.file = file
        with file.lock:
            file.file.seek(0)
            self.numbers: np.ndarray = np.load(file.file, allow_pickle=False)
            self.words_from = file.file.tell()

    @cached_property
    def terms(self) -> tuple[list[str], Postings, Postings]:
        """Telling words, all words, words of titles."""
        with self.file.lock:
            self.file.file.seek(self.words_from)
            telling = read_terms(self.file.file)
            words, titles = (
                Postings(
                    read_terms(self.file.file),
                    array("i", np.load(self.file.file, allow_pickle=False).tobytes()),
                    weighed,
                )
                for weighed in (True, False)
            )
            words.start = self.file.file.tell()
        titles.start = words.end
        return telling, words, titles

    @property
    def telling(self) -> list[str]:
        return self.terms[0]

    @property
    def words(self) -> Postings:
        return self.terms[1]

    @property
    def titles(self) -> Postings:
        return self.terms[2]


def write(reader: SegmentReader, path: Path) -> None:
    """Lay a segment out in a new file."""
    column = reader.column_reader("number")
    numbers = np.fromiter((column[document] for document in range(reader.doc_count_all())), np.int32)
    fields = [[*postings(reader, name, numbers, weighed)] for name, weighed in (("words", True), ("title", False))]
    with path.open("wb") as file:
        np.save(file, numbers)
        write_terms(file, [term.decode() for term in reader.lexicon("telling")])
        for field in fields:
            write_terms(file, [term for term, _, _ in field])
            np.save(file, np.array([count for _, count, _ in field], np.int32))
        for field in fields:
            file.writelines(raw for _, _, raw in field)


def postings(reader: SegmentReader, field: str, numbers: np.ndarray, weighed: bool) -> Iterator[tuple[str, int, bytes]]:
    """Each term with how many postings hold it, and these as they lie in the file."""
    for term, info in reader.iter_field(field):
        if info.is_inlined():  # one posting alone stands beside its term
            documents, weights, _ = info.inlined_postings()
        else:
            found = reader.postings(field, term)
            found.weight()  # reads the block: there is one, see merging.WHOLE
            documents, weights = np.array(found._data[0]).cumsum(), found._weights  # each as far from the one before
        ids, weights = numbers[np.array(documents, np.int32)], np.array(weights, np.float32)
        order = np.argsort(ids)
        yield term.decode(), len(ids), ids[order].tobytes() + (weights[order].tobytes() if weighed else b"")


def write_terms(file: BinaryIO, terms: list[str]) -> None:
    np.save(file, np.frombuffer(BETWEEN.join(terms).encode(), np.uint8))


def read_terms(file: BinaryIO) -> list[str]:
    raw = np.load(file, allow_pickle=False).tobytes().decode()
    return raw.split(BETWEEN) if raw else []
