"""Killed at any moment, a process leaves nothing that the next start cannot put right."""

import os
import random
import time

from board import doctor
from board.postings.model import IndexRepair, Posting, State
from board.search import index, manifest
from board.search.criteria import Criteria
from board.search.query import find
from tests import factories
from tests.search.test_in_step import start

CYCLES = 200 if os.environ.get("LONG_TESTS") else 5
SEED = int(os.environ.get("CRASH_SEED", "7"))


def test_whenever_a_process_is_killed_index_and_database_agree_after_the_next_start(indexed, cast, settings):
    postings = [factories.make_posting(employer=cast.cedar, title="Poster").id for _ in range(10)]
    for number in postings[:3]:
        Posting.update(state="submitted").where(Posting.id == number).execute()
    index.rebuild()
    dice = random.Random(SEED)
    moved = 0
    for _ in range(CYCLES):
        mover = start(settings, "move", postings)
        mover.stdin.write("go\n")
        mover.stdin.flush()
        for _ in range(dice.randrange(16)):  # somewhere among approvals, withdrawals and builds
            moved += bool(mover.stdout.readline())
        time.sleep(dice.random() * 0.06)
        mover.kill()
        mover.wait()
        mover.stdout.close()
        mover.stdin.close()
        must_be_right(settings)
    assert moved


def must_be_right(settings) -> None:
    wanted = Posting.select(Posting.id).where(Posting.state == State.OPEN, Posting.held_at.is_null())
    open_ = {number for (number,) in wanted.tuples()}
    assert {found.id for found in find(Criteria(q="poster"), None).postings} == open_, "at once"
    manifest._kept.clear()
    index.use(manifest.folder)  # a start
    assert not index.differences(), "but for what the repair list knows"
    for _ in range(2):  # the worker's first two minutes
        index.repair()
    assert index.held() == open_
    assert IndexRepair.select().count() == 0
    findings = {finding.what: finding for finding in doctor.examine(settings)}
    assert findings["index"].well, findings["index"].words
    assert findings["repairs"].well
    index.refresh([min(open_, default=1)])  # the next write clears up
    assert [path.name for path in manifest.folder.glob("index-*")] == [index.current().name]
    assert {path.name for path in index.current().path.iterdir()} == set(index.current().files)
    assert {path.name for path in manifest.folder.iterdir()} <= {
        "CURRENT", "CURRENT.new", "WRITING", "BUILDING", index.current().name,
    }  # fmt: skip
