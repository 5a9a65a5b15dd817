"""What follows an accepted application in the demo: the match, the work, its end; each event on its day.

The actions refuse days that lie behind us. A placement that has begun is played with its plan moved forward by as many
days as it is old, and moved back at the end. `placements.toml` tells what happened, one line an event: see VERBS.
"""

from collections.abc import Callable
from datetime import UTC, date, timedelta

from board.applications.model import Application
from board.demo import endings, families, working
from board.demo.clock import PLACED, Clock
from board.people.model import Person
from board.placements import (
    agreement_actions,
    ending_actions,
    match_actions,
    plan_actions,
    terms,
)
from board.placements.match_rules import Choice
from board.placements.model import (
    Agreement,
    Payment,
    Placement,
    PlacementMilestone,
    is_minor,
)
from board.postings.model import Posting
from board.school.model import School

BEFORE_THE_FIRST_DAY = (  # how many days before (or after) the teacher agreed each of these is done
    ("fill", 0.3), ("agree", 0), ("sign-employer", -0.15), ("sign-student", -0.3), ("yes", -0.4),
)  # fmt: skip

READ_AFTER = 2  # days: older messages have been read


class Play:
    """One placement while it is played: who takes part, and what of its row is asked again at each event."""

    def __init__(self, row: dict, placement: Placement, employer: Person, people: dict[str, Person], clock: Clock):
        self.row, self.id, self.clock = row, placement.id, clock
        self.student, self.employer = placement.application.student, employer
        self.lead, self.cover = people.get(row.get("lead")), people.get(row.get("cover"))
        self.ahead = max(0, row.get("begins", 0))

    @property
    def placement(self) -> Placement:
        return Placement.get_by_id(self.id)

    @property
    def everybody(self) -> list[Person]:
        return [one for one in (self.student, self.employer, self.lead, self.cover) if one]

    def who(self, name: str) -> Person:
        return {"student": self.student, "employer": self.employer, "lead": self.lead, "cover": self.cover}[name]

    def day(self, days_ago: float) -> date:
        """The school's day on which something so many days ago is told."""
        return self.clock.before(days_ago).replace(tzinfo=UTC).astimezone(self.clock.zone).date()

    def planned(self, days_ago: int) -> date:
        """A day of the plan while it is played."""
        return School.here().today() - timedelta(days=days_ago) + timedelta(days=self.ahead)


def play(row: dict, employer: Person, posting: Posting, people: dict[str, Person], clock: Clock) -> Placement:
    student = people[row["student"]]
    application = Application.get(Application.posting == posting, Application.student == student)
    placement = Placement.get(Placement.application == application)
    on = Play(row, placement, employer, people, clock)
    Placement.update(starts_on=posting.starts_on, due_on=posting.due_on).where(Placement.id == placement.id).execute()
    for event in sorted(events_of(row, on), key=lambda event: -event["ago"]):
        VERBS[event["do"]](on, event)
        clock.happened(event["ago"], PLACED)
    if all(event["ago"] > READ_AFTER for event in row.get("events", ()) if event["do"] == "say"):
        working.read(on, *on.everybody)
    move_back(on)
    return on.placement


def events_of(row: dict, on: Play) -> list[dict]:
    """What the file tells, with what comes before every first day but for what `lacks` names."""
    events = list(row.get("events", ()))
    if "agreed" in row:
        lacks = row.get("lacks", ())
        told = [{"do": name, "ago": row["agreed"] + more} for name, more in BEFORE_THE_FIRST_DAY if name not in lacks]
        events += told if is_minor(on.student, on.day(row["agreed"])) else [one for one in told if one["do"] != "yes"]
    if "started" in row:
        events.append({"do": "start", "ago": row["started"]})
    return events


def move_back(on: Play) -> None:
    """The plan to the days it had: of rows that an event wrote, and never of the posting's own."""
    back, own = timedelta(days=on.ahead), on.placement
    if not back or not own.agreed_at:
        return
    own.starts_on, own.due_on = own.starts_on - back, own.due_on - back
    own.save()
    for model, column in ((PlacementMilestone, "due_on"), (Payment, "due_on"), (Agreement, "pay_by")):
        for one in model.select().where(model.placement == own, getattr(model, column).is_null(False)):
            setattr(one, column, getattr(one, column) - back)
            one.save()


# -- before the start


def fill(on: Play, event: dict) -> None:
    row, placement = on.row, on.placement
    values = {"call": row["call"], "worker_kind": row.get("taken_on", "employee"),
              "pay_by": on.planned(-row["due"] - row.get("pay_after", 7)), "insurance": row.get("insurance", "")}  # fmt: skip
    agreement_actions.change(placement, on.employer, values, terms.of(placement).version)


def agree(on: Play, event: dict) -> None:
    row, placement = on.row, on.placement
    choice = Choice(on.lead, on.cover, placement.supervisor, on.planned(row["begins"]), on.planned(-row["due"]))
    match_actions.agree(placement, on.lead, choice, terms.of(placement).version)


def sign(name: str) -> Callable[[Play, dict], None]:
    def by(on: Play, event: dict) -> None:
        agreement_actions.sign(on.placement, on.who(name), terms.of(on.placement).version)

    return by


def guardian_yes(on: Play, event: dict) -> None:
    families.say_yes(on.placement, on.lead, on.day(event["ago"] + 0.5))


def start(on: Play, event: dict) -> None:
    plan_actions.start(on.placement, on.employer)


# -- before its time


def end_early(on: Play, event: dict) -> None:
    ending_actions.end_early(on.placement, on.who(event["who"]), event["reason"], event.get("words", ""))


def not_agree(on: Play, event: dict) -> None:
    match_actions.not_agree(on.placement, on.lead, event["words"])


VERBS: dict[str, Callable[[Play, dict], object]] = {
    "fill": fill, "agree": agree, "not_agree": not_agree, "yes": guardian_yes, "start": start,
    "sign-employer": sign("employer"), "sign-student": sign("student"), "end_early": end_early,
    **working.VERBS, **endings.VERBS,
}  # fmt: skip
