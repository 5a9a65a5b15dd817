"""What people type about the plan: a title and a day for each milestone, and the day of the hand-in."""

from datetime import date

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form as PlainForm
from wtforms import FormField, HiddenField
from wtforms.validators import ValidationError

from board.drawing import translate
from board.forms import Form, Line, one_line
from board.placements.model import TITLE, Placement, PlacementMilestone
from board.placements.plan_rules import MOST, Planned, wrong_with, wrong_with_hand_in
from board.postings.work_fields import Day, Rows
from board.school.model import today
from board.words import Said


def as_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def say(problem: Said | None) -> None:
    if problem:
        raise ValidationError(translate(problem.words, **problem.values))


class MilestoneForm(PlainForm):
    """One with nothing in it is left out."""

    title = Line(_l("What is shown"), most=TITLE)
    due_on = Day(_l("By"))

    def validate_title(self, field):
        if not field.data and self.due_on.raw_data and one_line(self.due_on.raw_data[0]):
            raise ValidationError(_l("Say what is shown by then, or remove this milestone."))


class DateForm(PlainForm):
    due_on = Day(_l("By"))


class PlanForm(Form):
    """All milestones in their order. `hand_in` is there for who may set it."""

    stamp = HiddenField()
    milestones = Rows(FormField(MilestoneForm), _l("Milestones"), max_entries=MOST)
    hand_in = Day(_l("The work is handed in by"))

    def __init__(self, placement: Placement, sets_hand_in: bool, **kwargs):
        super().__init__(**kwargs)
        self.placement = placement
        if not sets_hand_in:
            del self.hand_in

    def validate(self, **kwargs) -> bool:
        """Each row by itself; the days against the start and the hand-in, as typed if it was."""
        good = super().validate(**kwargs)
        begins, last = self.placement.starts_on, self.last_day()
        if self.hand_in is not None and not self.hand_in.errors:
            self.check(self.hand_in, wrong_with_hand_in(self.day(), self.placement.due_on, begins, today()))
            good = good and not self.hand_in.errors
        for row in self.milestones:
            if not row.form.due_on.errors:
                self.check(row.form.due_on, wrong_with(as_date(row.form.due_on.data), begins, last))
                good = good and not row.form.due_on.errors
        return good

    def check(self, field, problem: Said | None) -> None:
        try:
            say(problem)
        except ValidationError as error:
            field.errors = [*field.errors, str(error)]

    def day(self) -> date | None:
        """The day of the hand-in as typed."""
        return as_date(self.hand_in.data) if self.hand_in is not None else None

    def last_day(self) -> date | None:
        if self.hand_in is not None and self.hand_in.data and not self.hand_in.errors:
            return self.day()
        return self.placement.due_on

    def plan(self) -> list[Planned]:
        rows = [row.form for row in self.milestones if row.form.title.data]
        return [Planned(row.title.data, as_date(row.due_on.data)) for row in rows]

    def all_errors(self) -> list[tuple[str, str, str]]:
        """(id on the page, label, sentence), in the order of the page."""
        fields = [part for row in self.milestones for part in row.form] + (
            [self.hand_in] if self.hand_in is not None else []
        )
        return [(part.id, part.label.text, part.errors[0]) for part in fields if part.errors]


class DatesForm(PlanForm):
    """Days alone, of what is not accepted yet."""

    milestones = Rows(FormField(DateForm), _l("Milestones"), max_entries=MOST)

    def days(self, milestones: list[PlacementMilestone]) -> dict[int, date | None]:
        return {one.id: as_date(row.form.due_on.data) for one, row in zip(milestones, self.milestones, strict=False)}


def filled(kind: type[PlanForm], placement: Placement, milestones, stamp: str, sets_hand_in: bool) -> PlanForm:
    """The form as the plan stands."""
    day = placement.due_on.isoformat() if placement.due_on else None
    rows = [{"title": one.title, "due_on": one.due_on.isoformat() if one.due_on else None} for one in milestones]
    data = {"stamp": stamp, "hand_in": day, "milestones": rows}
    return kind(placement, sets_hand_in, formdata=None, data=data)


def rearranged(sent: MultiDict, do: str) -> MultiDict:
    """What was sent, with one row added, removed, or one place further: "add", "remove-2", "up-1", "down-0"."""
    keys = sorted(int(key.split("-")[1]) for key in sent if key.startswith("milestones-") and key.endswith("-title")
                  and key.split("-")[1].isascii() and key.split("-")[1].isdecimal() and len(key) < 20)  # fmt: skip
    rows = [
        (sent.get(f"milestones-{number}-title", ""), sent.get(f"milestones-{number}-due_on", "")) for number in keys
    ]
    what, _, place = do.partition("-")
    place = int(place) if place.isascii() and place.isdecimal() and len(place) < 3 else -1
    if what == "add" and len(rows) < MOST:
        rows.append(("", ""))
    elif what == "remove" and 0 <= place < len(rows):
        del rows[place]
    elif what == "up" and 0 < place < len(rows):
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    elif what == "down" and 0 <= place < len(rows) - 1:
        rows[place + 1], rows[place] = rows[place], rows[place + 1]
    made = MultiDict((key, value) for key, value in sent.items() if not key.startswith("milestones-"))
    for number, (title, due_on) in enumerate(rows):
        made[f"milestones-{number}-title"], made[f"milestones-{number}-due_on"] = title, due_on
    return made
