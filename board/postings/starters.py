"""Projects an employer can begin with: written by us or by the school, chosen, changed in three places, and sent.

A starter says everything a posting must say but its dates and, where the student comes by, the address and the adult.
"""

import json
import tomllib
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from peewee import BooleanField, CharField, Check, ForeignKeyField, IntegerField, TextField

from board.checks.rules_of_school import rulebook
from board.db import Table
from board.postings import checking
from board.postings.model import TITLE
from board.postings.rules import REQUIRED_ON_SITE, Problem
from board.school.model import Field, School

# what a starter says, of the keys in content.py
KEYS = (
    "title", "summary", "field", "description", "deliverable", "milestones", "must", "nice", "first_project_welcome",
    "ai_tools", "ai_note", "hours", "weeks", "rhythm", "pay_cents", "paid_how", "place", "minimum_age", "minimum_grade",
    "questions", "tasks",
)  # fmt: skip
NOTHING = {"tasks": [], "milestones": [], "must": [], "nice": [], "questions": [], "first_project_welcome": False}
NUMBERS = ("hours", "weeks", "pay_cents", "minimum_age", "minimum_grade")

TO_APPLY = timedelta(days=14)  # at least; a teacher reads the posting first
TO_DECIDE = timedelta(days=7)
TO_START = timedelta(days=10)  # an offer is answered, a teacher agrees to the match
FRIDAY = 4


class Starter(Table):
    """One project to begin with. Those that come with the board are known by their slug."""

    slug = CharField(80, unique=True)
    field = ForeignKeyField(Field, on_delete="RESTRICT", backref="starters")
    title = CharField(TITLE)
    content = TextField()  # JSON: what KEYS names, without title and field
    position = IntegerField(default=0)
    hidden = BooleanField(default=False)

    class Meta:
        constraints = [Check("length(slug) > 0"), Check("length(title) > 0")]

    @property
    def values(self) -> dict:
        """What it says, as in content.py."""
        said = json.loads(self.content)
        first = shipped().get(self.slug, {})  # one kept before it had tasks has those it came with
        said = {"tasks": first.get("tasks", [])} | said
        return {key: said.get(key, blank(key)) for key in KEYS} | {"title": self.title, "field": self.field.slug}

    @property
    def is_shipped(self) -> bool:
        return self.slug in shipped()

    @property
    def is_changed(self) -> bool:
        """It came with the board, and the school has given it other words."""
        return self.is_shipped and self.values != shipped()[self.slug]

    # -- named lists
    @classmethod
    def all(cls):
        """With their fields, in the order of the fields."""
        return cls.select(cls, Field).join(Field).order_by(Field.position, Field.name, cls.position, cls.id)

    @classmethod
    def offered(cls):
        """What an employer may choose from: a hidden field offers nothing."""
        return cls.all().where(~cls.hidden, ~Field.hidden)

    @classmethod
    def named(cls, slug: str | None) -> "Starter | None":
        """The one with this slug, if it is offered."""
        return cls.offered().where(cls.slug == slug).first() if slug else None


def blank(key: str):
    """What an empty key holds."""
    return NOTHING.get(key, None if key in NUMBERS else "")


@lru_cache
def shipped() -> dict[str, dict]:
    """The starters that come with the board, as in content.py, by slug, in their order."""
    read = tomllib.loads((Path(__file__).parent / "starters.toml").read_text("utf-8"))
    return {
        row["slug"]: {key: (read["every"] | row).get(key, blank(key)) for key in KEYS}
        | {"description": row["description"].strip()}
        for row in read["starter"]
    }


def content(starter: Starter, school: School, today: date) -> dict:
    """Everything a posting says that is begun with this starter on this day; see content.py. Pure.

    Never below what the school pays an hour at least, nor for anybody younger than it allows.
    """
    values = starter.values
    return fitting(values, school) | {
        **dates(values["weeks"] or 1, today), "resume_title": starter.field.title, "seats": 1, "location": "",
        "address": "", "times": "", "getting_there": "", "supervisor": None, "sessions": [], "premises": None,
        "alone": None, "worker_kind": "unsure",
    }  # fmt: skip


def fitting(values: dict, school: School) -> dict:
    """The same within the rules of this school: the lowest pay that is allowed (to whole dollars), its lowest age."""
    lowest = max(school.minimum_pay_cents, rulebook().law_pay_cents)
    least = -(-(values["hours"] or 0) * lowest // 100) * 100
    pay, age = values["pay_cents"], values["minimum_age"]
    return values | {
        "pay_cents": max(pay, least) if pay else pay,
        "minimum_age": max(age, school.minimum_age) if age else age,
    }


def dates(weeks: int, today: date) -> dict[str, str]:
    """When to apply, decide, start and end: Fridays to answer and to end on, a Monday to start on."""
    apply_by = today + TO_APPLY
    apply_by += timedelta(days=(FRIDAY - apply_by.weekday()) % 7)
    decide_by = apply_by + TO_DECIDE
    starts_on = decide_by + TO_START
    due_on = starts_on + timedelta(days=7 * weeks - 3)
    named = {"apply_by": apply_by, "decide_by": decide_by, "starts_on": starts_on, "due_on": due_on}
    return {key: day.isoformat() for key, day in named.items()}


def wrong_with(values: dict, school: School, today: date) -> list[Problem]:
    """What keeps these values from being a starter: a posting begun with them could not be sent."""
    told = values | dates(values.get("weeks") or 1, today) | {"resume_title": "-", "worker_kind": "unsure"}
    return [problem for problem in checking.problems(told, None, today) if problem.key not in REQUIRED_ON_SITE]
