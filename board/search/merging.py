"""When segments of the index become one: every write adds a small one, and each is asked at every search.

Segments stand in tiers, each eight times as large as the one below. A tier that is full is merged with those below
it, so that a posting is written again only a few times in its life, and the large ones stay as they are with all
that is kept of them.
"""

from pathlib import Path

from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import TOC
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from board.search import flat

FULL = 8  # segments in a tier
IN_A_REQUEST = 100  # postings that may be written again while somebody waits, a fifth of a second
AT_ONCE = 2000  # the same for the worker, which holds the lock meanwhile; beyond, a new index is built beside
SMALL = 100  # postings that the worker may write again just so that there are fewer segments, some tenths of a second
TWO = 2  # segments in a tier that it makes one for that
WHOLE = 1_000_000  # postings in a block: a word is always read whole
DEAD = 0.4  # so much of an index may be of postings that are gone


class Writer(SegmentWriter):
    """Writes a segment, lays it out for reading, and writes the list of segments. It removes nothing: the old ones are
    in use until `CURRENT` says so."""

    def __init__(self, index, most: int = 0, full: int = FULL, **more):
        super().__init__(index, _lk=False, codec=W3Codec(blocklimit=WHOLE, compression=0), **more)
        self.most, self.full = most, full
        self.files: list[str] = []

    def save(self) -> None:
        self.commit(mergetype=self.merge_some)

    def merge_some(self, _, segments: list) -> list:
        merged = to_merge(segments, self.most, self.full)
        for segment in merged:
            reader = SegmentReader(self.storage, self.schema, segment)
            self.add_reader(reader)
            reader.close()
        return [segment for segment in segments if segment not in merged and segment.doc_count()]

    def _commit_toc(self, segments):
        for segment in segments:
            laid_out = Path(self.storage.folder) / segment.make_filename(flat.EXTENSION)
            if not laid_out.exists():
                reader = SegmentReader(self.storage, self.schema, segment)
                flat.write(reader, laid_out)
                reader.close()
        toc = TOC(self.schema, segments, self.generation)
        toc.write(self.storage, self.indexname)
        self.files = [TOC._filename(self.indexname, self.generation)]
        self.files += [name for segment in segments for name in segment.list_files(self.storage)]


def to_merge(segments: list, most: int, full: int = FULL) -> list:
    """The segments that should become one, at most so many postings together; `full`: so many in a tier."""
    some: list = []
    size, chosen = 0, []
    in_tier: dict[int, int] = {}
    for segment in sorted(segments, key=lambda segment: segment.doc_count_all()):
        size += segment.doc_count()
        if size > most:
            break
        some.append(segment)
        tier = tier_of(segment)
        in_tier[tier] = in_tier.get(tier, 0) + 1
        if in_tier[tier] >= full:
            chosen = list(some)
    return chosen


def tier_of(segment) -> int:
    tier, size = 0, segment.doc_count_all()
    while size >= FULL:
        tier, size = tier + 1, size // FULL
    return tier


def is_worn(segments: list) -> bool:
    """Too much is dead, or in pieces too large to merge: time for a new index."""
    every, dead = sum(s.doc_count_all() for s in segments), sum(s.deleted_count() for s in segments)
    return len(segments) > FULL * 4 or dead > max(FULL * FULL, every * DEAD)
