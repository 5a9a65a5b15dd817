"""What a text gives away, and pay that is none; what is blocked and what is asked."""

import pytest

from board.checks import scanning
from board.checks.results import Level
from tests import factories

pytestmark = pytest.mark.usefixtures("app")  # the days of a posting are those of the school


def found(**changes) -> set[tuple[str, str, str]]:
    values = factories.full_content(**changes)
    scanned = scanning.scan(scanning.texts_of(values), scanning.offer_of(values, "A shop."), ("drawing",), 14)
    return {(":".join(result.mark.split(":")[:2]), str(result.level), result.key) for result in scanned}


@pytest.mark.parametrize(
    ("changes", "mark", "level"),
    [
        ({"summary": "Write to pat@example.org."}, "R22:reach", Level.BLOCKS),
        ({"description": "Call 541-555-0142 first."}, "R22:reach", Level.BLOCKS),
        ({"description": "All of it: bit.ly/3xYz12"}, "R22:reach", Level.BLOCKS),
        ({"description": "Post it at @aldershop every day."}, "R22:link", Level.REASON),
        ({"description": "Our site is www.alder-shop.com/menu now."}, "R22:link", Level.REASON),
        ({"milestones": [{"title": "Mail it to pat@example.org", "week": 1}]}, "R22:reach", Level.BLOCKS),
        ({"questions": ["Your number? Mine is 541-555-0142."]}, "R22:reach", Level.BLOCKS),
        ({"location": "Old Town, 541-555-0142"}, "R22:reach", Level.BLOCKS),
        ({"must": ["Canva", "pat@example.org"]}, "R22:reach", Level.BLOCKS),
        ({"resume_title": "Intern, @aldershop"}, "R22:link", Level.REASON),
        ({"supervisor": {"name": "Pat Lind", "title": "Owner, 541-555-0142"}}, "R22:reach", Level.BLOCKS),
        ({"paid_how": "Unpaid, but fun."}, "R14:words", Level.BLOCKS),
        ({"paid_how": "You are paid in gift cards"}, "R14:words", Level.BLOCKS),
        ({"paid_how": "Sin paga."}, "R14:words", Level.BLOCKS),
        ({"description": "You bake with us."}, "R10:baking", Level.REASON),
    ],
)
def test_it_is_found_where_it_stands(changes, mark, level):
    (key,) = changes
    assert (mark, str(level), key) in found(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"description": "We pay by check. C++ and Node.js are fine; 10-12 pages; $200."},
        {"description": "A long exposure photo, free of charge for visitors."},
        {"times": "Tuesdays 4 to 6 pm", "address": "12 Alder Street"},
        {"location": "Alder Falls, near the mill", "must": ["C++", "Node.js"], "nice": ["Baking"]},
        {"description": "Volunteers help at the shelter; you are paid."},
    ],
)
def test_what_only_looks_like_it_is_not(changes):
    assert found(**changes) == set()


def test_a_shortened_link_is_said_once():
    marks = [mark for mark, _level, _key in found(description="See https://bit.ly/3xYz12 today.")]
    assert marks == ["R22:reach"]
