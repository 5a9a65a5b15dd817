"""Who may do what with a posting in each state; what a posting must say before it is sent."""

from datetime import date, timedelta

import pytest

from board.moves import NotAllowed
from board.postings import actions, checking, revisions
from board.postings.content import SECTION_OF
from board.postings.model import Posting, Revision, RevisionState, State
from board.postings.rules import MOVES, REQUIRED, REQUIRED_ON_SITE, REVISION_MOVES, goes_at_once, problems
from board.school.model import School
from board.words import plain
from tests import factories

EMPLOYER = {
    "draft": {"submit"},
    "submitted": {"take_back"},
    "changes_requested": {"submit"},
    "declined": set(),
    "open": {"pause", "close"},
    "paused": {"resume", "close"},
    "filled": {"close"},
    "closed": set(),
}
STAFF = {
    "draft": set(),
    "submitted": {"approve", "ask_changes", "decline"},
    "changes_requested": set(),
    "declined": set(),
    "open": {"pull", "close"},
    "paused": {"put_back", "close"},
    "filled": {"close"},
    "closed": set(),
}
BOARD = {"open": {"hold", "look_again", "fill", "rest"}, "paused": {"fill"}, "filled": {"free_seat"}}


def people_of(cast):
    return {
        "own": cast.dana, "other": cast.omar, "teacher": cast.okafor, "coordinator": cast.ruiz, "student": cast.maya,
        "board": None,
    }  # fmt: skip


@pytest.mark.parametrize("state", list(State))
def test_each_person_has_just_their_moves_in_every_state(app, cast, state):
    posting = factories.make_posting(str(state), cast.cedar)
    expected = {
        "own": EMPLOYER[state], "other": set(), "teacher": STAFF[state], "coordinator": STAFF[state],
        "student": set(), "board": BOARD.get(state, set()),
    }  # fmt: skip
    for name, person in people_of(cast).items():
        assert {move.name for move in MOVES.values() if move.allows(person, posting)} == expected[name], name


def test_the_table_names_every_state_once():
    assert set(EMPLOYER) == set(STAFF) == set(State)


def test_an_employer_cannot_reopen_what_the_school_took_off_the_board(app, cast):
    posting = factories.make_posting("open", cast.cedar)
    actions.pull(posting, cast.okafor, "The address is missing.")
    assert not MOVES["resume"].allows(cast.dana, posting)
    assert MOVES["put_back"].allows(cast.okafor, posting)


def test_a_posting_of_an_unverified_employer_is_written_and_sent_and_not_approved(app, cast):
    posting = factories.make_posting("submitted", cast.newcomer)
    for person in (cast.okafor, cast.ruiz):
        assert not MOVES["approve"].allows(person, posting)
        assert MOVES["ask_changes"].allows(person, posting)


@pytest.mark.parametrize("state", ["refused", "suspended"])
def test_an_employer_who_is_shut_out_sends_and_reopens_nothing(app, cast, state):
    draft, paused = factories.make_posting("draft", cast.cedar), factories.make_posting("paused", cast.cedar)
    for posting in (draft, paused):
        posting.employer.state = state
    assert not MOVES["submit"].allows(cast.dana, draft)
    assert not MOVES["resume"].allows(cast.dana, paused)
    assert not MOVES["put_back"].allows(cast.okafor, paused)
    assert MOVES["close"].allows(cast.dana, paused)


def test_a_closed_account_makes_no_move(app, cast):
    posting = factories.make_posting("open", cast.cedar)
    cast.dana.ended_at = factories.date(2026, 1, 1)
    assert not [move for move in MOVES.values() if move.allows(cast.dana, posting)]


@pytest.mark.parametrize("state", list(RevisionState))
def test_a_change_is_decided_by_teachers_and_taken_back_by_its_own_employer_while_it_waits(app, cast, state):
    posting = factories.make_posting("open", cast.cedar)
    revision = Revision(posting=posting, state=str(state), content="{}")
    waiting = state == RevisionState.PROPOSED
    expected = {
        "own": {"take_back"}, "other": set(), "teacher": {"approve", "return"}, "coordinator": {"approve", "return"},
        "student": set(), "board": {"pass_unread"},
    }  # fmt: skip
    for name, person in people_of(cast).items():
        may = {move.name for move in REVISION_MOVES.values() if move.allows(person, revision)}
        assert may == (expected[name] if waiting else set()), name


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("who", ["omar", "maya", "okafor"])
def test_nobody_but_its_own_people_writes_copies_deletes_or_changes_a_posting(app, cast, state, who):
    posting, person = factories.make_posting(str(state), cast.cedar), getattr(cast, who)
    for verb in (
        lambda: actions.save_draft(posting, person, {"title": "Mine now"}),
        lambda: actions.copy(posting, person),
        lambda: actions.delete_draft(posting, person),
        lambda: revisions.propose(posting, person, {"title": "Mine now"}),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert Posting.get_by_id(posting.id).title == posting.title


# -- what a posting must say

DAY = date(2026, 9, 1)


def full(**changes) -> dict:
    return factories.full_content(DAY, **changes)


def keys(values: dict, minimum_pay: int = 1500, minimum_age: int = 14) -> list[str]:
    """What is missing, and what the checks do not let through, as the school's rules are."""
    School.update(minimum_pay_cents=minimum_pay, minimum_age=minimum_age).execute()
    return [problem.key for problem in checking.problems(values, None, DAY)]


def test_a_full_posting_has_no_problems(app):
    assert keys(full()) == []
    assert keys(full(**factories.ON_SITE)) == []
    assert keys(full(**factories.ON_SITE | {"place": "hybrid"})) == []


def test_an_empty_posting_misses_everything_required_in_the_order_of_the_page(app):
    found = keys({})
    assert set(found) == set(REQUIRED)
    assert found == sorted(found, key=list(SECTION_OF).index)


@pytest.mark.parametrize("key", list(REQUIRED))
@pytest.mark.parametrize("nothing", [None, "", []])
def test_each_required_part_is_asked_for(key, nothing):
    found = problems(full(**{key: nothing}), DAY)
    assert [problem.words for problem in found if problem.key == key] == [REQUIRED[key]]


@pytest.mark.parametrize("key", list(REQUIRED_ON_SITE))
def test_where_and_with_whom_is_asked_on_site_and_in_hybrid_projects_alone(app, key):
    there = full(**factories.ON_SITE | {key: None if key == "supervisor" else ""})
    assert keys(there) == [key]
    assert keys(there | {"place": "hybrid"}) == [key]
    assert keys(there | {"place": "remote"}) == []


def days(**after) -> dict:
    return full(**{key: (DAY + timedelta(days=number)).isoformat() for key, number in after.items()})


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (full(pay_cents=15000, hours=10), []),
        (full(pay_cents=14999, hours=10), ["pay_cents"]),
        (full(hours=40, weeks=2, pay_cents=90000), []),
        (full(hours=41, weeks=2, pay_cents=90000), ["weeks"]),
        (full(minimum_age=14), []),
        (full(minimum_age=13), ["minimum_age"]),
        (full(ai_tools="perhaps"), ["ai_tools"]),
        (days(apply_by=0), []),
        (days(apply_by=-1), ["apply_by"]),
        (days(decide_by=14), []),
        (days(decide_by=13), ["decide_by"]),
        (days(decide_by=44), []),
        (days(decide_by=45), ["decide_by"]),
        (days(starts_on=15), []),
        (days(starts_on=14), ["starts_on"]),
        (days(due_on=32), []),
        (days(due_on=31), ["hours"]),  # ten hours on two days of school
        (days(due_on=30), ["hours", "due_on"]),  # and on one
        (days(due_on=29), ["due_on"]),
        (days(due_on=30 + 56), []),
        (days(due_on=30 + 57), ["due_on"]),
        (full(milestones=[{"title": "Half", "week": 2}]), []),
        (full(milestones=[{"title": "Half", "week": 3}]), ["milestones"]),
        (full(milestones=[{"title": "Half", "week": None}]), []),
        (full(seats=20), []),
    ],
)
def test_what_does_not_fit_together_is_said(app, values, expected):
    assert keys(values) == expected


def test_everything_in_the_way_is_said_at_once_also_where_several_things_stand_at_one_place(app):
    late = full(tasks=["power-saws", "driving"], sessions=[{"day": 1, "from": "17:30", "to": "22:00"}])
    found = checking.problems(late, None, DAY)
    assert {one.key for one in found} == {"tasks", "sessions"}
    said = " ".join(plain(one.words, one.values) for one in found)
    for words in ("hazardous order 14", "Nobody under 17 may drive", "nobody may work before 7 am"):
        assert said.count(words) == 1, words


def test_the_lowest_pay_and_age_are_the_schools(app):
    assert keys(full(), minimum_pay=2000) == []
    assert keys(full(), minimum_pay=2001) == ["pay_cents"]
    assert keys(full(), minimum_age=16) == ["minimum_age"]


def test_a_field_is_named_once_even_if_two_things_are_wrong(app):
    assert keys(full(hours=80, weeks=1, pay_cents=1, milestones=[{"title": "x", "week": 8}])).count("weeks") == 1


@pytest.mark.parametrize(
    ("key", "old", "new", "expected"),
    [
        ("seats", 3, 2, True), ("seats", 2, 3, False), ("seats", 2, 2, False),
        ("apply_by", "2026-09-01", "2026-09-02", True), ("apply_by", "2026-09-02", "2026-09-01", False),
        ("apply_by", None, "2026-09-02", False), ("apply_by", "2026-09-02", None, False),
        ("title", "a", "b", False), ("pay_cents", 100, 200, False), ("decide_by", "2026-09-01", "2026-09-02", False),
    ],
)  # fmt: skip
def test_fewer_students_and_a_later_last_day_alone_go_at_once(key, old, new, expected):
    assert goes_at_once(key, {key: old}, {key: new}) is expected
