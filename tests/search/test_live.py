"""The live postings in memory: what is changed bit by bit is what one would load at once, in every thread."""

import random
import sys
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.db import database
from board.postings.model import Posting, PostingSkill
from board.school.model import Skill
from board.search import facts, index, scores
from board.search.columns import FAR, Facts
from board.search.criteria import Criteria
from board.search.live import Live
from board.search.query import find
from tests import factories


def fact(number: int, version: int, dice: random.Random) -> Facts:
    """Any posting, with what may not be said left out now and then."""
    field, hours, hourly = dice.choice((0, 1, 4)), dice.choice((0, 5, 40)), dice.choice((0, 1500, 2600))
    apply_by, opened = dice.choice((FAR, 739_000, 739_001)), dice.choice((0, 1_700_000_000, 1_700_000_060))
    return Facts(
        number, version, field, hours, hourly, dice.randrange(4), apply_by, opened, 0, 9, 1, dice.randrange(1, 4), 0, 7
    )


def told(live: Live) -> list:
    """All that can be asked of them."""
    return [
        live.table.tolist(), [live.skills_of(row) for row in range(len(live))], live.newest.tolist(), live.closing.tolist(),
        live.best_paid.tolist(), live.counts_of_skills.tolist(), live.rows_with(3).tolist(), live.all,
        [live.row(number) for number in range(60)], live.rows_of(np.arange(60, dtype=np.int32)).tolist(), live.employers,
    ]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 1_000_000))
def test_live_postings_changed_bit_by_bit_are_those_loaded_at_once(seed):
    dice = random.Random(seed)
    known: dict[int, Facts] = {}
    skills: dict[int, list[int]] = {}
    live = Live.of([], {})
    for version in range(1, dice.randrange(2, 9)):
        gone = {number for number in known if dice.random() < dice.choice((0, 0.3, 1))}
        fresh = {number: fact(number, version, dice) for number in dice.sample(range(1, 50), dice.randrange(6))}
        fresh_skills = {number: dice.sample(range(1, 9), dice.randrange(4)) for number in fresh}
        keep = np.array([number not in gone and number not in fresh for number in live.ids.tolist()], bool)
        live = live.changed(keep, Live.of(list(fresh.values())[::-1], fresh_skills))
        known = {number: one for number, one in known.items() if number not in gone} | fresh
        skills = {number: some for number, some in skills.items() if number in known} | fresh_skills
        assert told(live) == told(Live.of(list(known.values()), skills))


@pytest.fixture
def fresh(app):
    facts.forget()
    yield
    facts.forget()


def in_a_thread(run) -> threading.Thread:
    def connected():
        with database.connection_context():
            run()

    thread = threading.Thread(target=connected)
    thread.start()
    return thread


def traced(run, line: int, act) -> None:
    """Run it and act before the line of `facts.ask` that is the so-manieth to be reached."""
    reached = iter(range(1, 1_000))

    def look(frame, event, _):
        if event == "line" and next(reached) == line:
            act()
        return look

    before = sys.gettrace()
    sys.settrace(lambda frame, event, _: look if frame.f_code is facts.ask.__code__ else None)
    try:
        run()
    finally:
        sys.settrace(before)


@pytest.mark.parametrize("line", range(2, 12))
def test_two_threads_that_read_at_once_leave_nothing_stale_to_the_others(fresh, cast, monkeypatch, line):
    """One has read and is slow; another reads what came after, and is passed by the first at any line of its work."""
    posting = factories.make_posting(employer=cast.cedar)
    load, has_read, may_go_on = facts.load, threading.Event(), threading.Event()

    def slow(ids):
        found = load(ids)
        if threading.current_thread() is not threading.main_thread():
            has_read.set()
            may_go_on.wait(10)
        return found

    monkeypatch.setattr(facts, "load", slow)
    first = in_a_thread(facts.live)
    assert has_read.wait(10)
    Posting.update(state="paused", version=Posting.version + 1).where(Posting.id == posting.id).execute()

    def passed():
        may_go_on.set()
        first.join()

    traced(facts.live, line, passed)
    passed()
    seen = []
    in_a_thread(lambda: seen.append(facts.live().all)).join()
    assert seen == [frozenset()] and facts.live().all == frozenset()


def test_skills_that_change_while_they_are_read_are_read_again(fresh, cast, monkeypatch):
    posting = factories.make_posting(employer=cast.cedar, must=["Canva"], nice=[])
    spanish = Skill.get(Skill.slug == "spanish")
    execute, changed = database.execute, []

    def between(query, *args, **kwargs):
        found = execute(query, *args, **kwargs)
        if 'FROM "posting_skill"' in query.sql()[0] and not changed:
            changed.append(True)
            PostingSkill.update(skill=spanish).where(PostingSkill.posting == posting).execute()
            Posting.update(version=Posting.version + 1).where(Posting.id == posting.id).execute()
        return found

    monkeypatch.setattr(database, "execute", between)
    facts.live()
    assert changed
    now = facts.live()
    assert now.skills_of(now.row(posting.id)) == [spanish.id]


def test_what_was_taken_back_is_not_believed(fresh, cast):
    posting = factories.make_posting(employer=cast.cedar, pay_cents=15_000, hours=10)

    def change(pay: int) -> None:
        Posting.update(pay_cents=pay, version=Posting.version + 1).where(Posting.id == posting.id).execute()

    with database.atomic() as transaction:
        change(99_000)
        assert facts.live().hourly.tolist() == [9900]
        transaction.rollback()
    change(20_000)
    assert facts.live().hourly.tolist() == [2000]


def test_words_that_nothing_holds_do_not_fill_the_memory(app, cast, monkeypatch):
    factories.make_posting(employer=cast.cedar, title="Poster")
    index.rebuild()
    monkeypatch.setattr(scores, "MOST_KEPT", scores.EACH * 50)
    for number in range(100):
        find(Criteria(q=f"poster nothing{number}x"), None)
    (source,) = index.opened().sources
    assert 0 < len(source.shelf.kept) <= 50
    assert source.shelf.size == sum(entry.size + scores.EACH for entry in source.shelf.kept.values())
    assert set(source.shelf.titles_kept) <= set(source.shelf.flat.titles.terms) != set()
