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
    "name_staff": lambda facts: _("named who looks after it at school"),
    "lose_teacher": lambda facts: _("noticed that a teacher who was named has left"),
    "guardian_yes": lambda facts: _("recorded the yes of a parent or guardian"),
    "guardian_no": lambda facts: _("recorded that a parent or guardian took the yes back"),
    "change_agreement": lambda facts: _(
        "changed the training agreement: version %(number)s", number=facts.get("version", "")
    ),
    "sign": lambda facts: _("signed the training agreement, version %(number)s", number=facts.get("version", "")),
    "paper": lambda facts: _("recorded signatures on paper, version %(number)s", number=facts.get("version", "")),
    "ready": lambda facts: _("found nothing missing: it can start"),
    "permit": lambda facts: _("wrote down the work permit"),
    "start": lambda facts: _("started the project"),
    "deliver": lambda facts: _("handed the work in"),
    "send_back": lambda facts: _("sent the work back"),
    "complete": lambda facts: _("signed off: completed"),
    "end_early": lambda facts: _("ended the placement early"),
}


AT_HOME = ("guardian_yes", "guardian_no")  # no employer's to know before a teacher has agreed


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    what: str
    words: str


def part(placement: Placement, me: Person) -> dict:
    """Oldest first. What has no words here is no news to people."""
    names = Names(placement, me)
    hidden = AT_HOME if me.is_employer and placement.agreed_at is None else ()
    steps = [step for step in Step.of(placement) if step.move in SAID and step.move not in hidden]
    return {"lines": [Line(s.at, names.of(s.person), SAID[s.move](s.facts), s.reason) for s in steps]}
