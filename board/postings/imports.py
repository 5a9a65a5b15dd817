"""Brings in postings from a file, many at a time. By `reference`: what is there already stays as it is."""

import json
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from board.db import database, now
from board.employers.model import Employer
from board.employers.model import State as EmployerState
from board.moves import record_many
from board.postings import sheet
from board.postings.model import IndexRepair, Need, Posting, PostingSkill, State
from board.postings.sheet import BadRow, Row
from board.school.actions import free_slug
from board.school.model import Field, Skill, SkillState, Spelling
from board.school.rules import fold
from board.words import N_, Said

BATCH = 500  # rows of one transaction: whoever stops the import keeps what is in


@dataclass
class Outcome:
    """What came of an import."""

    new: int = 0
    there: int = 0  # by reference, from before
    waiting: int = 0  # asked to be open, but their employer is not verified
    refused: list[tuple[int, Said]] = field(default_factory=list)  # line and reason
    employers: int = 0
    skills: int = 0
    encoding: str = ""


class Known:
    """What the board knows already, by the keys a file's words meet it under."""

    def __init__(self):
        self.references = {name for (name,) in Posting.select(Posting.reference).tuples() if name}
        self.employers = {key_of(row.name): (row.id, row.state) for row in Employer.arrived().order_by(-Employer.id)}
        self.skills = dict(Skill.select(Skill.folded, Skill.id).tuples())
        for folded, skill in Spelling.select(Spelling.folded, Spelling.skill).tuples():
            self.skills.setdefault(folded, skill)
        self.slugs = {slug for (slug,) in Skill.select(Skill.slug).tuples()}
        self.fields: dict[str, int] = {}
        for row in Field.select().order_by(Field.hidden, Field.position):
            for name in (row.name, row.slug, row.cluster):
                self.fields.setdefault(key_of(name), row.id)


def key_of(name: str) -> str:
    """Names that differ in case, white space or in "&" for "and" are one."""
    return " ".join(name.casefold().replace("&", " and ").split()).replace(", and ", " and ")


def size(path: Path, renamed: dict[str, str] | None = None) -> int:
    """How many rows the file has. Raises BadFile."""
    return sum(1 for _ in sheet.lines(sheet.text_of(path)[0], renamed or {}))


def bring_in(
    path: Path, state: State = State.SUBMITTED, verified: bool = False, dry_run: bool = False,
    renamed: dict[str, str] | None = None, progress: Callable[[int], None] = lambda number: None,
) -> Outcome:  # fmt: skip
    """Every row of the file goes in, or stands in `refused` with its line. Raises BadFile for the file as a whole.

    A posting of an employer that is not verified waits for a teacher, whatever `state` says. New employers are
    verified only with `verified`. The search index is the caller's: what goes in open is on the repair list.
    """
    text, encoding = sheet.text_of(path)
    outcome = Outcome(encoding=encoding)
    known = Known()
    rows = fresh(sheet.lines(text, renamed or {}), known, outcome, progress)
    while batch := list(islice(rows, BATCH)):
        if not dry_run:
            with database.atomic():
                write(batch, state, verified, known, outcome)
        outcome.new += len(batch)
    return outcome


def fresh(lines, known: Known, outcome: Outcome, progress: Callable[[int], None]) -> Iterator[Row]:
    """The rows that are sound and not there yet."""
    seen: dict[str, int] = {}
    for line, cells in lines:
        progress(1)
        try:
            if isinstance(cells, BadRow):
                raise cells
            row = sheet.checked(line, cells)
            if key_of(row.field) not in known.fields:
                raise BadRow(N_("“%(name)s” is no field of this board"), name=row.field[:60])
            if row.reference in seen:
                raise BadRow(N_("the same reference as line %(line)s"), line=seen[row.reference])
        except BadRow as reason:
            outcome.refused.append((line, reason))
            continue
        seen[row.reference] = line
        if row.reference in known.references:
            outcome.there += 1
        else:
            yield row


def write(batch: list[Row], state: State, verified: bool, known: Known, outcome: Outcome) -> None:
    """One batch; the transaction is the caller's."""
    add_employers(batch, verified, known, outcome)
    add_skills(batch, known, outcome)
    at = now()
    rows, states = [], {}
    for row in batch:
        employer, standing = known.employers[key_of(row.employer)]
        own = state if standing == EmployerState.VERIFIED else State.SUBMITTED
        outcome.waiting += own != state
        states[row.reference] = own
        rows.append(
            {
                "employer": employer, "state": own, "reference": row.reference, "title": row.title,
                "description": row.description, "field": known.fields[key_of(row.field)], "hours": row.hours,
                "weeks": row.weeks, "pay_cents": row.pay_cents, "place": row.place, "location": row.location,
                "submitted_at": at, "opened_at": at if own == State.OPEN else None,
            }
        )  # fmt: skip
    Posting.insert_many(rows).execute()
    ids = dict(Posting.select(Posting.reference, Posting.id).where(Posting.reference.in_(list(states))).tuples())
    skills = [
        {"posting": ids[row.reference], "skill": skill, "need": Need.MUST, "position": number}
        for row in batch
        for number, skill in enumerate(dict.fromkeys(known.skills[fold(name)] for name in row.skills))
    ]
    if skills:
        PostingSkill.insert_many(skills).execute()
    steps = [
        {"noun": "posting", "noun_id": ids[row.reference], "move": "imported", "to_state": states[row.reference],
         "detail": json.dumps({"line": row.line}), "at": at, "told_at": at}  # nobody is to be told
        for row in batch
    ]  # fmt: skip
    record_many(steps)
    opened = [ids[reference] for reference, own in states.items() if own == State.OPEN]
    if opened:
        marks = [{"posting_id": number, "mark": secrets.token_hex(8), "created_at": at} for number in opened]
        IndexRepair.insert_many(marks).execute()


def add_employers(batch: list[Row], verified: bool, known: Known, outcome: Outcome) -> None:
    state = EmployerState.VERIFIED if verified else EmployerState.UNVERIFIED
    names = {key_of(row.employer): row.employer for row in reversed(batch)}
    for key, name in reversed(names.items()):
        if key not in known.employers:
            made = Employer.create(name=name, state=state)
            at = now()
            imported = {"noun": "employer", "noun_id": made.id, "move": "imported", "to_state": state}
            record_many([imported | {"at": at, "told_at": at}])
            known.employers[key] = (made.id, state)
            outcome.employers += 1


def add_skills(batch: list[Row], known: Known, outcome: Outcome) -> None:
    """Unknown skills go in as proposed, once each, in the spelling met first."""
    for row in batch:
        for name in row.skills:
            if fold(name) not in known.skills:
                made = Skill.create(
                    name=name, folded=fold(name), slug=free_slug(name, known.slugs), state=SkillState.PROPOSED
                )
                known.skills[fold(name)] = made.id
                outcome.skills += 1


def not_indexed() -> bool:
    """An import before this one was stopped before its postings came into the index."""
    return IndexRepair.select().exists()
