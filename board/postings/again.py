"""Looks at live postings anew once the rules or the calendar have changed, and every day: what blocks now is hidden
until a teacher has looked again."""

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from board.checks import engine, evidence
from board.checks.model import Checked
from board.checks.results import Result, Stage, loaded
from board.checks.rules_of_school import rulebook, year
from board.db import database
from board.employers.model import Employer
from board.moves import TooLate
from board.postings import actions, checking
from board.postings.model import Posting, State
from board.school.model import School, today
from board.statements import Statement

BATCH = 100
LEFT_OUT = ("R16", "R19")  # papers of the student; the employer's standing, which ends in a way of its own


def look(day: date | None = None) -> dict[str, int]:
    """For the timetable: nothing is done while nothing has changed since the last time, nor the day."""
    day = day or today()
    mark = {"day": day.isoformat(), "year": sha256(repr(year()).encode()).hexdigest()[:12]}
    last = Checked.last("school", 1, Stage.AGAIN)
    rules = rulebook()
    if School.here() is None or (last and last.rules == rules.version and json.loads(last.inputs) == mark):
        return {"looked": 0, "hidden": 0}
    looked = hidden = 0
    for posting in live():
        looked += 1
        hidden += bool(look_at(posting))
    with database.atomic():
        Checked.delete().where(Checked.noun == "school", Checked.stage == Stage.AGAIN).execute()
        evidence.keep("school", 1, Stage.AGAIN, None, rules, mark, [])
    return {"looked": looked, "hidden": hidden}


def live() -> Iterator[Posting]:
    """Those a student could apply to, in batches. Where nobody was asked what the student does (a list from elsewhere)
    there is nothing to hold against it; what a teacher approved then stays."""
    last = 0
    while True:
        query = Posting.live().where(Posting.id > last, Posting.tasks.is_null(False))
        rows = list(query.order_by(Posting.id).limit(BATCH))
        yield from rows
        if len(rows) < BATCH:
            return
        last = rows[-1].id


def look_at(posting: Posting) -> list[Result]:
    """What blocks a posting now; then it is hidden, and what was found is kept."""
    project, rules = checking.project_in(posting), rulebook()
    found = engine.check(project, year(), rules, stage=Stage.AGAIN, today=today())
    blocks = [one for one in found if one.is_block and one.rule not in LEFT_OUT]
    if not blocks:
        return []
    try:
        with database.atomic():
            actions.look_again(posting)
            evidence.keep("posting", posting.id, Stage.AGAIN, None, rules, evidence.inputs_of(project, rules), blocks)
    except TooLate:  # closed or paused in this very moment
        return []
    return blocks


def waits(posting: Posting) -> bool:
    """Hidden by this, and no teacher has put it back yet."""
    if posting.held_at is None or posting.state != State.PAUSED:
        return False
    last = Checked.last("posting", posting.id, Stage.AGAIN)
    return last is not None and last.at >= posting.held_at


def found_in(posting: Posting) -> list[Result]:
    """Why it was hidden, while it is."""
    last = Checked.last("posting", posting.id, Stage.AGAIN) if posting.held_at else None
    return [loaded(row) for row in last.found] if last and waits(posting) else []


@Statement
def hidden():
    """All that wait for a teacher's look, the oldest first."""
    marked = Checked.select(Checked.noun_id).where(
        Checked.noun == "posting", Checked.stage == Stage.AGAIN, Checked.at >= Posting.held_at
    )
    query = Posting.select(Posting.id, Posting.title, Employer.id, Employer.name).join(Employer)
    query = query.where(Posting.state == State.PAUSED, Posting.held_at.is_null(False), Posting.id.in_(marked))
    return query.order_by(Posting.held_at, Posting.id)
