"""What a segment says when it is laid out for reading is what Whoosh itself reads in it."""

import numpy as np
import pytest
from whoosh.index import FileIndex

from board.search import index, manifest, storage
from board.search.flat import EXTENSION, Flat
from tests import factories


def as_whoosh_reads(reader, field: str) -> dict[str, dict[int, float]]:
    numbers = reader.column_reader("number")
    told = {}
    for term in reader.lexicon(field):
        found, held = reader.postings(field, term), {}
        while found.is_active():
            held[numbers[found.id()]] = found.weight()
            found.next()
        told[term.decode()] = held
    return told


@pytest.mark.parametrize("order", [1, -1], ids=["in order", "newest first"])
def test_every_word_has_the_postings_that_whoosh_gives_it(app, cast, order):
    titles = ["Poster", "Posters for a bakery", "Café menus in Español", "C++ and Node.js", "Menu"]
    made = [
        factories.make_posting(employer=cast.cedar, title=title, description=f"Menu, poster. {title}")
        for title in titles
    ]
    index.rebuild()
    index.refresh([posting.id for posting in made[1:]][::order])  # a second segment, and dead ones in the first
    opened = index.opened()
    compared = 0
    for leaf, _ in FileIndex(storage.ToWrite(opened.manifest.path)).reader().leaf_readers():
        flat = Flat(manifest.files(opened.manifest)[leaf.segment().make_filename(EXTENSION)])
        assert flat.telling == [term.decode() for term in leaf.lexicon("telling")]
        for field, own in (("words", flat.words), ("title", flat.titles)):
            for term, held in as_whoosh_reads(leaf, field).items():
                ids, weights = own.of(term, flat.file)
                ids_alive = np.isin(ids, list(held))
                assert ids.tolist() == sorted(ids.tolist())
                assert set(held) == set(ids[ids_alive].tolist())
                if field == "words":
                    assert dict(zip(ids.tolist(), weights.tolist(), strict=True)).items() >= held.items()
                compared += len(held)
            assert own.of("nothing|nothing", flat.file)[0].tolist() == []
    assert compared > 50
