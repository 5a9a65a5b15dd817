"""What happened in a placement, in words for whoever reads it. A move of a part has its words here, too."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from board.moves import Step
from board.people.model import Person
from board.placements.model import Placement
from board.placements.naming import Names

# by move; %(who)s is not repeated: the line begins with it. Each part adds its own.
SAID = {
    "propose": lambda facts: _("said yes: the match waits for a teacher"),
    "agree": lambda facts: _("agreed to the match"),
    "not_agree": lambda facts: _("did not agree to the match"),
    "start": lambda facts: _("started the project"),
    "deliver": lambda facts: _("handed the work in"),
    "send_back": lambda facts: _("sent the work back"),
    "complete": lambda facts: _("signed off: completed"),
    "end_early": lambda facts: _("ended the placement early"),
    "hold_message": lambda facts: _("wrote a message that waited for a teacher’s look"),
    "pass_message": lambda facts: _("let a message pass"),
    "stop_message": lambda facts: _("did not pass a message on"),
}
STAFF_ALONE = ("hold_message", "pass_message", "stop_message")  # the other side learns nothing of what was held
NEWEST = 6  # lines shown at once


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    what: str
    words: str


def steps_of(placement: Placement) -> list[Step]:
    """All that happened, oldest first; asked once for one placement in memory."""
    if "told_steps" not in placement.__dict__:
        placement.told_steps = list(Step.of(placement))
    return placement.told_steps


def part(placement: Placement, me: Person) -> dict:
    """Oldest first. What has no words here is no news to people."""
    names = Names(placement, me)
    steps = [step for step in steps_of(placement) if step.move in SAID]
    steps = [step for step in steps if me.is_teacher or step.move not in STAFF_ALONE]
    lines = [Line(s.at, names.of(s.person), SAID[s.move](s.facts), s.reason) for s in steps]
    return {"earlier": lines[:-NEWEST], "lines": lines[-NEWEST:]}
