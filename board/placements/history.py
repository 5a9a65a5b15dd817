"""What happened in a placement, in words for whoever reads it. A move of a part has its words here, too."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from board.drawing import day, money, translate
from board.moves import Step
from board.people.model import Person
from board.placements.actions import FOR_SCHOOL
from board.placements.hours_rules import length
from board.placements.model import EndReason, Placement
from board.placements.naming import Names
from board.placements.rules import STAFF_ALONE

# by move; %(who)s is not repeated: the line begins with it. Each part adds its own.
SAID = {
    "propose": lambda facts: _("said yes: the match waits for a teacher"),
    "agree": lambda facts: _("agreed to the match"),
    "not_agree": lambda facts: _("did not agree to the match"),
    "name_staff": lambda facts: _("named who looks after it at school"),
    "lose_teacher": lambda facts: _("noticed that a teacher who was named has left"),
    "guardian_yes": lambda facts: _("recorded the yes of a parent or guardian"),
    "guardian_no": lambda facts: _("recorded that a parent or guardian took the yes back"),
    "guardian_refused": lambda facts: _("recorded that a parent or guardian says no"),
    "guardian_question": lambda facts: _("recorded that a parent or guardian wants to talk to the school first"),
    "guardian_talked": lambda facts: _("has talked to the parent or guardian who asked"),
    "guardian_asked": lambda facts: _("wrote to a parent or guardian"),
    "guardian_told": lambda facts: _("wrote to a parent or guardian how it stands with this project"),
    "guardian_slip": lambda facts: _("printed a slip for a parent or guardian"),
    "of_age": lambda facts: _("asked the student themself, who is 18 now"),
    "own_yes": lambda facts: _("said yes for themself, being 18"),
    "own_no": lambda facts: _("does not want contact shared, being 18"),
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
    "accept_work": lambda facts: _("accepted the work"),
    "say_paid": lambda facts: _("wrote down that the pay was paid on %(day)s", day=written(facts)),
    "unpay": lambda facts: _("took back that it was paid"),
    "say_received": lambda facts: _("wrote down that the pay came on %(day)s", day=written(facts)),
    "unreceive": lambda facts: _("took back that the pay had come"),
    "change_pay": lambda facts: _(
        "changed the pay from %(before)s to %(sum)s", before=sum_of(facts["before"]), sum=sum_of(facts["cents"])
    ),
    "settle_pay": lambda facts: _("wrote down what is owed: %(sum)s", sum=sum_of(facts["cents"])),
    "pay_late": lambda facts: _("said that the pay is overdue, since %(day)s", day=written(facts)),
    "complete": lambda facts: _("signed off: completed"),
    "keep": lambda facts: _("made it a verified experience of the student"),
    "change_plan": lambda facts: _("changed the plan"),
    "move_dates": lambda facts: _("moved days of the plan: %(titles)s", titles=", ".join(facts.get("titles", ()))),
    "move_hand_in": lambda facts: _("set another day to hand in: %(day)s", day=day(date.fromisoformat(facts["day"]))),
    "milestone_done": lambda facts: _("ticked “%(title)s” off as done", title=facts.get("title", "")),
    "milestone_undone": lambda facts: _("opened “%(title)s” again", title=facts.get("title", "")),
    "milestone_accepted": lambda facts: _("accepted “%(title)s”", title=facts.get("title", "")),
    "query_hours": lambda facts: _("asked about hours of %(day)s", day=day(date.fromisoformat(facts["day"]))),
    "confirm_hours": lambda facts: _("confirmed hours: %(time)s", time=length(facts.get("minutes", 0))),
    "hours_over": lambda facts: _("asks everybody to talk: the hours are more than a quarter beyond the estimate"),
    "hours_law": lambda facts: _(
        "asks the employer and the school to look: hours of %(day)s are more or later than the law allows at that age",
        day=day(date.fromisoformat(facts["day"])),
    ),
    "pay_low": lambda facts: _("asks everybody to talk: the pay for each hour worked is below the lowest allowed here"),
    "hold_message": lambda facts: _("wrote a message that waited for a teacher to look at it"),
    "pass_message": lambda facts: _("let a message pass"),
    "stop_message": lambda facts: _("did not pass a message on"),
    "end_early": lambda facts: _("ended early: %(why)s", why=why_ended(facts)),
    "give_feedback": lambda facts: _("gave feedback"),
    "change_feedback": lambda facts: _("changed their feedback while it was sealed"),
    "open_feedback": lambda facts: _("opened the feedback"),
    "hold": lambda facts: _("put the placement on hold"),
    "lift": lambda facts: _("lifted the hold"),
    "student_left": lambda facts: _("noted that the student's account is closed: the school decides how it goes on"),
    "employer_suspended": lambda facts: _("noted that the employer is suspended: the school decides how it goes on"),
    "employer_lapsed": lambda facts: _("noted that the school's check of the employer has lapsed"),
    "supervisor_lapsed": lambda facts: _("noted that the school's check of the worksite supervisor has ended"),
    "keep_going": lambda facts: _("decided that it goes on"),
}
HELD = ("hold", "lift")  # by whom at school is the same to both sides
NEWEST = 6  # lines shown at once


def written(facts: dict) -> str:
    return day(date.fromisoformat(facts["day"]))


def sum_of(cents: int) -> str:
    return money(cents) if cents else "$0.00"


HOME_ALONE = (
    "guardian_refused",
    "guardian_question",
    "guardian_talked",
    "guardian_asked",
    "guardian_told",
    "guardian_slip",
    "of_age",
    "own_yes",
    "own_no",
)  # never an employer's to know: the page says whether contact is shared
AT_HOME = ("guardian_yes", "guardian_no")  # no employer's to know before a teacher has agreed


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


def steps_of(placement: Placement) -> list[Step]:
    """All that happened, oldest first; asked once for one placement in memory."""
    if "told_steps" not in placement.__dict__:
        placement.told_steps = list(Step.of(placement))
    return placement.told_steps


def part(placement: Placement, me: Person) -> dict:
    """Oldest first. What has no words here is no news to people."""
    names = Names(placement, me)
    hidden = set() if me.is_teacher else set(STAFF_ALONE)
    if me.is_employer:
        hidden |= set(HOME_ALONE) | (set() if placement.agreed_at else set(AT_HOME))
    steps = [step for step in steps_of(placement) if step.move in SAID and step.move not in hidden]
    lines = [Line(s.at, who_did(s, me, names), SAID[s.move](s.facts), words_of(s, me)) for s in steps]
    return {"earlier": lines[:-NEWEST], "lines": lines[-NEWEST:]}


def who_did(step: Step, me: Person, names: Names) -> str:
    """Who ended a placement early is between them and the school: nobody is to blame."""
    is_mine = step.person is not None and step.person.id == me.id
    if step.move in HELD and not me.is_teacher:
        return _("The school")
    return "" if step.move == "end_early" and not (me.is_teacher or is_mine) else names.of(step.person)


def words_of(step: Step, me: Person) -> str:
    """What was written with it. Some words are for the school alone, and for who wrote them."""
    is_mine = step.person is not None and step.person.id == me.id
    return step.reason or (step.facts.get(FOR_SCHOOL, "") if me.is_teacher or is_mine else "")
