"""How to make a posting stronger: only what is true of it, and what to do about it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from board.db import now
from board.home.stronger import EACH, SHOWN, Seen, advice
from board.postings import actions as postings
from board.postings.model import Posting
from tests import factories
from tests.inspector import having, words

GOOD = Seen(
    skills=2, hourly=2000, usual=2000, first_welcome=True, age=14, grade=9, open_for=timedelta(days=20), applicants=3,
    saves=4,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({}, []),
        ({"skills": 0}, ["skills"]),
        ({"hourly": 1799}, ["pay"]),
        ({"hourly": 1800}, []),
        ({"hourly": 900, "usual": None}, []),
        ({"hourly": None}, []),
        ({"first_welcome": False}, ["skills"]),
        ({"applicants": 0}, []),
        ({"applicants": 0, "saves": 1}, ["basics"]),
        ({"applicants": 0, "saves": 1, "open_for": timedelta(days=4)}, []),
        ({"applicants": 0, "age": 17}, ["who"]),
        ({"applicants": 0, "grade": 11}, ["who"]),
        ({"applicants": 1, "age": 17, "saves": 0}, []),
        ({"skills": 0, "hourly": 100, "first_welcome": False, "applicants": 0, "saves": 0}, ["skills", "pay"]),
    ],
)
def test_what_is_said_of_a_posting(app, changes, parts):
    with app.test_request_context("/"):
        found = advice(replace(GOOD, **changes))
    assert [one.part for one in found] == parts and len(found) <= EACH


def listed(browser) -> dict[int, str]:
    browser.get("/")
    return {int(e.get("data-stronger")): words(e) for e in having(browser.page, "data-stronger")}


def test_an_employer_reads_what_would_help_and_where_to_change_it(client, cast):
    for number in range(5):
        factories.make_posting("open", cast.mill, title=f"Like it {number}", pay_cents=30000)
    low = factories.make_posting("open", cast.cedar, title="Low", pay_cents=16000)
    factories.make_posting("open", cast.cedar, title="Fine", pay_cents=30000)
    dana = client(cast.dana)
    found = listed(dana)
    assert list(found) == [low.id]
    assert "It pays $16 an hour; most open projects of its kind pay about $30." in found[low.id]
    links = [a.get("href") for e in having(dana.page, "data-stronger") for a in e.iter("a")]
    assert links == [f"/employer/postings/{low.id}#part-pay"]
    dana.get(links[0])
    assert having(dana.page, "id", "part-pay")


def test_of_many_the_ones_with_the_fewest_applicants_are_shown(client, cast):
    made = [factories.make_posting("open", cast.cedar, first_project_welcome=False) for _ in range(SHOWN + 1)]
    factories.make_application("submitted", made[2])
    assert list(listed(client(cast.dana))) == [made[3].id, made[1].id, made[0].id]
    Posting.update(opened_at=now() - timedelta(days=9)).where(Posting.id == made[0].id).execute()
    postings.pause(made[0], cast.dana)
    assert made[0].id not in listed(client(cast.dana))
    postings.resume(made[0], cast.dana)
    assert "Open for 9 days" in listed(client(cast.dana))[made[0].id]


def test_nobody_else_s_postings_are_spoken_of(client, cast):
    factories.make_posting("open", cast.mill, first_project_welcome=False)
    factories.make_posting("open", cast.cedar)
    assert listed(client(cast.dana)) == {} and listed(client(cast.nia)) == {}
