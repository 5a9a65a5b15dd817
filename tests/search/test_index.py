"""The index keeps in step, and whatever happens to it, search stays right."""

import shutil

import pytest
from whoosh.index import LockError

from board.postings import actions, revisions
from board.postings.model import IndexRepair
from board.search import index
from board.search.criteria import Criteria
from board.search.query import find
from tests import factories


def total(q: str = "poster") -> int:
    return find(Criteria(q=q), None).total


def test_an_approved_posting_is_found_by_the_next_search_and_a_paused_one_is_not(indexed, cast):
    posting = factories.make_posting("submitted", employer=cast.cedar, title="Poster")
    assert total() == 0
    actions.approve(posting, cast.okafor)
    assert total() == 1
    actions.pause(posting, cast.dana)
    assert total() == 0
    actions.resume(posting, cast.dana)
    assert total() == 1
    actions.hold(posting)
    assert total() == 0
    assert IndexRepair.select().count() == 0


def test_an_approved_change_is_found_under_its_new_words_alone(indexed, cast):
    posting = factories.make_posting(employer=cast.cedar, title="Poster")
    revision = revisions.propose(posting, cast.dana, {"title": "Banner"})
    assert (total("poster"), total("banner")) == (1, 0)
    revisions.approve_revision(revision, cast.okafor)
    assert (total("poster"), total("banner")) == (0, 1)


def test_a_failed_write_is_found_through_the_database_and_mended_later(indexed, cast, monkeypatch):
    def locked(*args, **kwargs):
        raise LockError

    opened = index.opened()
    with monkeypatch.context() as patch:
        patch.setattr(type(opened), "writer", locked)
        posting = factories.make_posting(employer=cast.cedar, title="Poster")
        assert IndexRepair.select().count() == 1
        assert total() == 1
        assert total("posters peo") == 1, "also by a beginning"
    assert index.repair() == 1
    assert IndexRepair.select().count() == 0
    assert total() == 1
    actions.close(posting, cast.dana)
    assert total() == 0


def break_current(what: str) -> None:
    path = index.current()
    if what == "no index":
        shutil.rmtree(index.folder)
        index.folder.mkdir()
    elif what == "no folder":
        shutil.rmtree(path)
    elif what == "empty folder":
        for file in path.iterdir():
            file.unlink()
    elif what == "a foreign pointer":
        (index.folder / "CURRENT").write_text("../../etc")
    elif what == "binary pointer":
        (index.folder / "CURRENT").write_bytes(b"\xff\x00\xfe")
    else:
        for file in path.iterdir():
            if what == "garbage":
                file.write_bytes(b"not an index" * 50)
            elif file.suffix in (".seg", ".trm", ".pst"):
                file.write_bytes(file.read_bytes()[:40])
    index.use(index.folder)


@pytest.mark.parametrize(
    "what", ["no index", "no folder", "empty folder", "a foreign pointer", "binary pointer", "garbage", "cut short"]
)
def test_a_lost_or_broken_index_changes_no_answer_and_is_built_anew(indexed, cast, what):
    made = [factories.make_posting(employer=cast.cedar, title=f"Poster {n}") for n in range(3)]
    factories.make_posting("closed", employer=cast.cedar, title="Poster, closed")
    break_current(what)
    assert total() == 3
    assert total("post") == 3
    more = factories.make_posting(employer=cast.cedar, title="Poster, later")
    assert total() == 4
    for _ in range(3):
        index.repair()
    assert IndexRepair.select().count() == 0
    assert index.opened() is not None
    assert {p.id for p in find(Criteria(q="poster"), None).postings} == {p.id for p in [*made, more]}


def test_a_build_that_fails_leaves_the_old_index_and_nothing_behind(indexed, cast, monkeypatch):
    factories.make_posting(employer=cast.cedar, title="Poster")
    before = index.current()
    monkeypatch.setattr(index, "document", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        index.rebuild()
    assert index.current() == before
    assert [path.name for path in index.folder.glob("index-*")] == [before.name]
    assert not index.is_building()
    assert total() == 1


def test_while_a_new_index_is_built_what_changes_stays_on_the_list(indexed, cast, monkeypatch):
    fill = index.fill

    def slow_fill(path, progress=None):
        made = fill(path, progress)
        factories.make_posting(employer=cast.cedar, title="Poster")  # approved after the new index was read
        return made

    monkeypatch.setattr(index, "fill", slow_fill)
    index.rebuild()
    assert IndexRepair.select().count() == 1
    assert total() == 1
    assert index.repair() == 1
    assert total() == 1
