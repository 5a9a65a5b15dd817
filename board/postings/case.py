"""A posting as it lies before a teacher: its text, what changed since it was read last, and its employer's standing."""

import zlib
from dataclasses import dataclass
from datetime import datetime

from board.db import now
from board.moves import Step, TooLate
from board.postings import content, differences, texts, trusted
from board.postings.model import APPROVED, Posting, Revision, State

# where a posting stands on its way, for the bar at the top
WAY = {State.DRAFT: 0, State.CHANGES_REQUESTED: 0, State.SUBMITTED: 2, State.OPEN: 3, State.PAUSED: 3, State.FILLED: 4}


@dataclass
class Case:
    """A posting as it lies before the teacher: its text, and the change that waits, if one does."""

    posting: Posting
    change: Revision | None
    now: dict  # the text as it stands, as in content.py

    @classmethod
    def of(cls, posting: Posting) -> "Case":
        return cls(posting, texts.proposed_for(posting), content.read(posting))

    @property
    def waits(self) -> bool:
        return self.posting.state == State.SUBMITTED or self.change is not None

    @property
    def since(self) -> datetime | None:
        return self.change.created_at if self.change else self.posting.submitted_at or self.posting.created_at

    @property
    def values(self) -> dict:
        """What a student will read once a teacher says yes."""
        return self.now | self.change.values if self.change else self.now

    @property
    def mark(self) -> str:
        """Changes whenever the text does, so that nobody approves what they have not read."""
        return f"{self.posting.version}-{zlib.crc32(self.change.content.encode()) if self.change else 0}"

    def must_have_change(self) -> Revision:
        if self.change is None:
            raise TooLate(None)
        return self.change


@dataclass
class Compared:
    """What changed, and against what."""

    change: bool  # a change to an approved text, not a text sent in again
    approved: bool  # against an approved text, not against one that came back
    at: datetime
    differences: list[differences.Difference]
    unread: bool = False  # it is on the board already: a trusted employer's


def compared(case: Case) -> Compared | None:
    """The difference a teacher should begin with, if there is anything to compare with."""
    if case.change:
        found = differences.between(case.now, case.change.values)
        return Compared(True, True, case.posting.opened_at, found)
    if case.posting.state in APPROVED:
        return passed_unread(case)
    if case.posting.state != State.SUBMITTED:
        return None
    last = texts.last_read(case.posting)
    if last is None:
        return None
    return Compared(False, last.state == "approved", last.created_at, differences.between(last.values, case.now))


def passed_unread(case: Case) -> Compared | None:
    """What changes of a trusted employer in the last week have made of the text a teacher said yes to."""
    own = Revision.select(Revision.id).where(Revision.posting == case.posting)
    passed = trusted.steps_since(now() - trusted.LISTED_FOR).where(Step.noun_id.in_(own)).exists()
    read = texts.read_by_teacher(case.posting) if passed else None
    if read is None:
        return None
    return Compared(False, True, read.created_at, differences.between(read.values, case.now), unread=True)


def standing(posting: Posting) -> dict[str, int]:
    """What an employer has done here so far."""
    own = Posting.select().where(Posting.employer == posting.employer_id, Posting.opened_at.is_null(False))
    return {"projects": own.count(), "finished": own.where(Posting.state == State.CLOSED).count()}


def way(posting: Posting) -> int | None:
    """How far it has come, counted in the steps of the bar; None once it has left the way."""
    return WAY.get(State(posting.state))


def first_there(steps: list[Step]) -> Step | None:
    """Who moved it last."""
    moved = [step for step in steps if step.from_state != step.to_state and step.person]
    return moved[-1] if moved else None
