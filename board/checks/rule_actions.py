"""What a coordinator does with the rules: another value, or "I have looked it up". Each is one transaction and one Step."""

import json
from dataclasses import dataclass

from board.checks.model import Rule
from board.checks.rules_of_school import is_sure, kept
from board.checks.states import STATE_KEYS, Shipped, shipped
from board.db import database
from board.moves import NotAllowed, record
from board.people.model import Person
from board.school.actions import change_settings
from board.school.model import School, today

COLUMNS = ("minimum_age", "minimum_pay_cents")  # of School: asked for in many places


@dataclass(frozen=True)
class Line:
    """One rule as the page shows it."""

    key: str
    value: object
    source: str
    address: str
    row: Rule | None
    begun: Shipped

    @property
    def is_own(self) -> bool:
        return self.key not in STATE_KEYS

    @property
    def is_unsure(self) -> bool:
        """From memory, and nobody here has looked it up."""
        return not self.is_own and not is_sure(self.row, self.begun)

    @property
    def is_other(self) -> bool:
        """The school has another value than what was shipped."""
        return bool(self.row) and not self.is_own and self.value != self.begun.value


def line(school: School, key: str, rows: dict[str, Rule] | None = None) -> Line:
    row, begun = (kept(school) if rows is None else rows).get(key), shipped(school.state, key)
    value = json.loads(row.value) if row else begun.value
    if key in COLUMNS:
        value = getattr(school, key)
    source, address = (row.source, row.address) if row and row.source else (begun.source, begun.address)
    return Line(key, value, source, address, row, begun)


def change(school: School, key: str, value, by: Person, source: str = "", address: str = "") -> Rule:
    """Another value, which counts as looked up by whoever gives it; so does the same again. Its history is the Steps of
    the row."""
    if not by.is_coordinator or by.ended_at:
        raise NotAllowed("rules")
    with database.atomic():
        before = line(school, key)
        row = write(school, key, value, by, source or before.source, address or before.address)
        move = "confirm" if value == before.value else "change"
        record(row, move, by, "", detail={"key": key, "from": before.value, "to": value, "source": row.source})
        if key in COLUMNS and getattr(school, key) != value:
            change_settings(school, by, {key: value})
    return row


def confirm(school: School, key: str, by: Person) -> Rule:
    """Somebody has looked it up, and it is so."""
    if not by.is_coordinator or by.ended_at:
        raise NotAllowed("rules")
    with database.atomic():
        now = line(school, key)
        row = write(school, key, now.value, by, now.source, now.address)
        record(row, "confirm", by, "", detail={"key": key, "to": now.value})
    return row


def put_back(school: School, key: str, by: Person) -> bool:
    """As it was shipped. False when it is."""
    if not by.is_coordinator or by.ended_at:
        raise NotAllowed("rules")
    with database.atomic():
        before = line(school, key)
        if before.row is None or before.is_own:
            return False
        before.row.value = json.dumps(before.begun.value)
        before.row.source = before.row.address = ""
        before.row.reviewed_on = before.row.reviewed_by = None
        before.row.save()
        record(before.row, "put_back", by, "", detail={"key": key, "from": before.value, "to": before.begun.value})
    return True


def write(school: School, key: str, value, by: Person, source: str, address: str) -> Rule:
    state = school.state if key in STATE_KEYS else ""
    row = Rule.get_or_none(Rule.state == state, Rule.key == key) or Rule(state=state, key=key)
    row.value, row.source, row.address = json.dumps(value), source, address
    row.reviewed_on, row.reviewed_by = today(), by
    row.save()
    return row
