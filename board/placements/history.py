"""What happened in a placement, in words for whoever reads it. A move of a part has its words here, too."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from board.drawing import translate
from board.moves import Step
from board.people.model import Person
from board.placements.actions import FOR_SCHOOL
from board.placements.model import EndReason, Placement
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
    "end_early": lambda facts: _("ended early: %(why)s", why=why_ended(facts)),
    "give_feedback": lambda facts: _("gave feedback"),
    "change_feedback": lambda facts: _("changed their feedback while it was sealed"),
    "open_feedback": lambda facts: _("opened the feedback"),
    "hold": lambda facts: _("put the placement on hold"),
    "lift": lambda facts: _("lifted the hold"),
    "student_left": lambda facts: _("noted that the student's account is closed: the school decides how it goes on"),
    "employer_suspended": lambda facts: _("noted that the employer is suspended: the school decides how it goes on"),
    "keep_going": lambda facts: _("decided that it goes on"),
    "accept_work": lambda facts: _("accepted the work"),
    "confirm_hours": lambda facts: _("confirmed the hours"),
    "say_paid": lambda facts: _("said that the pay is paid"),
}


def why_ended(facts: dict) -> str:
    kind = facts.get("kind")
    words = translate(EndReason(kind)) if kind in set(EndReason) else translate(EndReason.OTHER)
    return words[:1].lower() + words[1:]


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    what: str
    words: str


def part(placement: Placement, me: Person) -> dict:
    """Oldest first. What has no words here is no news to people."""
    names = Names(placement, me)
    steps = [step for step in Step.of(placement) if step.move in SAID]
    return {"lines": [Line(s.at, who_did(s, me, names), SAID[s.move](s.facts), words_of(s, me)) for s in steps]}


def who_did(step: Step, me: Person, names: Names) -> str:
    """Who ended a placement early is between them and the school: nobody is to blame."""
    is_mine = step.person is not None and step.person.id == me.id
    return "" if step.move == "end_early" and not (me.is_teacher or is_mine) else names.of(step.person)


def words_of(step: Step, me: Person) -> str:
    """What was written with it. Some words are for the school alone, and for who wrote them."""
    is_mine = step.person is not None and step.person.id == me.id
    return step.reason or (step.facts.get(FOR_SCHOOL, "") if me.is_teacher or is_mine else "")
