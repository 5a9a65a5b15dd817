"""The index keeps in step with every process that writes, and never stops one."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from board.postings import actions, revisions
from board.postings.model import IndexRepair, Posting
from board.search import documents, index, manifest, merging
from board.search.criteria import Criteria
from board.search.query import find
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
APPROVALS = 200 if os.environ.get("LONG_TESTS") else 30
WRITERS = 3


def total(q: str = "poster") -> int:
    return find(Criteria(q=q), None).total


def start(settings, what: str, numbers: list[int]) -> subprocess.Popen:
    """A process that waits for a line before it begins."""
    command = [sys.executable, "-m", "tests.search.mover", settings.data, settings.index, what, *map(str, numbers)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    return process


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


def test_three_processes_approve_at_once_and_this_one_finds_every_posting(indexed, cast, settings):
    waiting = [factories.make_posting("submitted", employer=cast.cedar, title="Poster").id for _ in range(APPROVALS)]
    writers = [start(settings, "approve", waiting[number::WRITERS]) for number in range(WRITERS)]
    assert total() == 0
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    assert [writer.wait(300) for writer in writers] == [0, 0, 0], "no move fails"
    assert index.differences() == set(), "none is lost"
    index.repair()  # a writer that lost its patience leaves it to the worker
    assert index.held() == set(waiting)
    assert IndexRepair.select().count() == 0
    assert total() == APPROVALS
    actions.pause(Posting.get_by_id(waiting[0]), cast.dana)
    assert total() == APPROVALS - 1


def write_fails(how: str):
    if how == "no space":
        (manifest.folder / "CURRENT.new").symlink_to("/dev/full")
    elif how == "no folder to write in":
        (manifest.folder / manifest.WRITING).unlink(missing_ok=True)
        (manifest.folder / manifest.WRITING).mkdir()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("how", ["no space", "no folder to write in", "somebody else writes"])
def test_a_failed_write_stops_no_move_and_is_mended_later(indexed, cast, monkeypatch, how):
    monkeypatch.setattr(index, "PATIENCE", 0.05)
    before = factories.make_posting(employer=cast.cedar, title="Poster, before")
    held = manifest.locked(manifest.WRITING, 0)
    if how == "somebody else writes":
        held.__enter__()
    write_fails(how)
    posting = factories.make_posting(employer=cast.cedar, title="Poster")
    actions.close(before, cast.dana)
    assert (posting.state, IndexRepair.select().count()) == ("open", 2)
    assert [found.id for found in find(Criteria(q="poster"), None).postings] == [posting.id]
    assert total("posters peo") == 1, "also by a beginning"
    assert index.repair() == 0, "it still fails"
    if how == "somebody else writes":
        held.__exit__(None, None, None)
    elif how == "no space":
        (manifest.folder / "CURRENT.new").unlink()
    else:
        (manifest.folder / manifest.WRITING).rmdir()
    assert index.repair() == 2
    assert IndexRepair.select().count() == 0
    assert index.held() == {posting.id}
    assert total() == 1


def test_a_posting_that_cannot_be_indexed_keeps_no_other_from_it(indexed, cast, monkeypatch):
    with index.later():
        bad, good = (factories.make_posting(employer=cast.cedar, title=title) for title in ("Poster", "Banner"))
    document = documents.document
    monkeypatch.setattr(
        documents, "document", lambda number, parts: 1 / 0 if number == bad.id else document(number, parts)
    )
    index.repair()
    assert index.held() == {good.id}
    assert [row.posting_id for row in IndexRepair.select()] == [bad.id]
    assert total("poster") == 1, "the database has it"


def test_what_the_index_and_the_database_do_not_agree_on_is_mended(indexed, cast):
    kept, gone, new = (factories.make_posting(employer=cast.cedar, title="Poster") for _ in range(3))
    index.write([gone.id], 0)
    Posting.update(state="paused").where(Posting.id == gone.id).execute()  # by hand, past every rule
    Posting.update(state="paused").where(Posting.id == new.id).execute()
    index.write([new.id], 0)
    Posting.update(state="open").where(Posting.id == new.id).execute()
    assert index.differences() == {gone.id, new.id}
    index.repair()
    assert index.differences() == set()
    assert index.held() == {kept.id, new.id}


def test_many_small_writes_leave_few_segments_and_never_touch_the_large_one(sixty, cast, monkeypatch):
    monkeypatch.setattr(merging, "IN_A_REQUEST", 20)
    large = index.segments()[0].segment_id()
    for _ in range(40):
        index.refresh([sixty[0].id], merging.IN_A_REQUEST)
        pieces = index.segments()
        assert large in {piece.segment_id() for piece in pieces}
        assert len(pieces) <= 1 + 2 * merging.FULL
    files = {path.name for path in index.current().path.iterdir()}
    assert files == set(index.current().files), "and no file that is not needed"
    assert index.held() == {posting.id for posting in sixty}


def test_the_worker_makes_one_of_the_small_segments_and_leaves_the_large_one(sixty, monkeypatch):
    monkeypatch.setattr(merging, "SMALL", 20)
    large = index.segments()[0].segment_id()
    for posting in sixty[:6]:
        index.refresh([posting.id])
    assert len(index.segments()) == 7, "so few are left as they are by whoever writes"
    index.repair()
    assert [piece.doc_count() for piece in index.segments()] == [54, 6]
    assert index.segments()[0].segment_id() == large
    files = index.current().files
    index.repair()
    assert index.current().files == files, "nothing is written again without need"
    assert index.held() == {posting.id for posting in sixty} and index.differences() == set()


def test_what_is_approved_while_the_worker_merges_is_found_by_the_next_search(sixty, cast, monkeypatch):
    for posting in sixty[:4]:
        index.refresh([posting.id])
    merge, found = merging.Writer.merge_some, []

    def slow_merge(writer, *given):
        monkeypatch.setattr(merging.Writer, "merge_some", merge)
        factories.make_posting(employer=cast.cedar, title="Zebra crossing")
        actions.pause(sixty[0], sixty[0].employer.people.get())
        found.append((total("zebra"), sixty[0].id in {row.id for row in find(Criteria(q="room 0"), None).postings}))
        return merge(writer, *given)

    monkeypatch.setattr(merging.Writer, "merge_some", slow_merge)
    monkeypatch.setattr(index, "PATIENCE", 0.05)  # the merge goes on for longer than a move waits
    index.repair()
    assert found == [(1, False)]
    assert len(index.segments()) == 2 and IndexRepair.select().count() == 2
    assert total("zebra") == 1 and sixty[0].id not in {row.id for row in find(Criteria(q="room 0"), None).postings}
    index.repair()
    assert IndexRepair.select().count() == 0 and index.differences() == set() and total("zebra") == 1


def test_a_worn_index_is_built_anew(sixty, monkeypatch):
    monkeypatch.setattr(merging, "is_worn", lambda segments: True)
    before = index.current().name
    assert index.repair() == 60
    assert index.current().name != before


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


def test_another_threads_search_sees_the_newest_write(indexed, cast):
    from board.db import database

    seen = []

    def ask(begun: threading.Event, go: threading.Event):
        with database.connection_context():
            seen.append(total())
            begun.set()
            go.wait(20)
            seen.append(total())

    begun, go = threading.Event(), threading.Event()
    thread = threading.Thread(target=ask, args=(begun, go))
    thread.start()
    begun.wait(20)
    factories.make_posting(employer=cast.cedar, title="Poster")
    go.set()
    thread.join(20)
    assert seen == [0, 1]
