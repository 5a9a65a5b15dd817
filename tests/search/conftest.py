"""Sixty different postings, and an index of them."""

import random

import pytest

from board.search import index
from tests import factories

FIELDS = ("design-media", "marketing", "it-software", "events-food-travel", "research-data")
SKILLS = ("Canva", "Photography", "Spanish", "Python", "C++", "Writing")
WORDS = ("poster", "menu", "website", "survey", "garden", "video", "history", "price")


@pytest.fixture
def indexed(app):
    index.rebuild()
    return app


@pytest.fixture
def sixty(app, cast):
    """The same sixty every time: fields, skills, hours, pay, place and words mixed."""
    dice = random.Random(60)
    made = []
    for number in range(60):
        place = factories.ON_SITE | {"place": dice.choice(("on-site", "hybrid"))} if dice.random() < 0.5 else {}
        hours = dice.choice((4, 8, 10, 15, 20))
        made.append(
            factories.make_posting(
                employer=dice.choice((cast.cedar, cast.mill)), title=f"A {dice.choice(WORDS)} for room {number}",
                summary=f"Make a {dice.choice(WORDS)} we can use.", field=dice.choice(FIELDS),
                must=dice.sample(SKILLS, 2), nice=[], hours=hours, pay_cents=hours * dice.choice((1500, 1800, 2100, 2600)),
                **place,
            )
        )  # fmt: skip
    index.rebuild()  # once, at the end: much quicker than sixty times
    return made
