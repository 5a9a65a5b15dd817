"""What people type about hours. Shape only; what the calendar says against it is in hours_rules.py."""

from datetime import date, time

from babel.dates import format_time
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from board.drawing import translate
from board.forms import Form, Line, Whole, Words, one_line, required
from board.placements.hours_rules import Work, Wrong, clock_of, minutes_of, since_midnight
from board.placements.model import HoursEntry
from board.postings.work_fields import Day

MOST_GOAL = 200  # hours


def spoken(clock: str) -> str:
    """A time of the day as people here read it: "4:30 PM"."""
    return format_time(time.fromisoformat(clock), "short", locale=get_locale())


class Clock(StringField):
    """A time of the day, kept as "HH:MM"; nothing is None."""

    def __init__(self, label, **kwargs):
        kwargs.setdefault("render_kw", {}).update(type="time", autocomplete="off")
        super().__init__(label, **kwargs)

    def _value(self):
        return self.raw_data[0] if self.raw_data else (self.data or "")

    def process_formdata(self, valuelist):
        text = one_line(valuelist[0] if valuelist else "")
        self.data = clock_of(text) if text else None
        if text and self.data is None:
            raise ValueError(str(_l("Give a time such as 4:30 pm.")))


class Length(StringField):
    """A length of time in minutes; nothing is None."""

    def _value(self):
        return (
            self.raw_data[0]
            if self.raw_data
            else ("" if self.data is None else f"{self.data // 60}:{self.data % 60:02}")
        )

    def process_formdata(self, valuelist):
        text = one_line(valuelist[0] if valuelist else "")
        self.data = minutes_of(text) if text else None
        if text and self.data is None:
            raise ValueError(str(_l("Give a length such as 1:30, 1.5 or 90 min.")))


class HoursForm(Form):
    worked_on = Day(_l("Day"), id="hours-day", validators=[required(_l("Say on which day you worked."))])
    starts_at = Clock(_l("From"), id="hours-from")
    ends_at = Clock(_l("To"), id="hours-to")
    length = Length(_l("Or how long"), id="hours-length", render_kw={"autocomplete": "off", "maxlength": 20})
    did = Line(_l("What you did"), [required(_l("Say in a few words what you did."))], most=500, id="hours-did")
    skill = SelectField(_l("A skill you used"), id="hours-skill", validate_choice=False)

    def __init__(self, skills, **kwargs):
        super().__init__(**kwargs)
        self.skill.choices = [("", _l("None in particular")), *((str(one.id), one.name) for one in skills)]

    def validate(self, **kwargs) -> bool:
        """Either from and to or a length; both only where they say the same."""
        good = super().validate(**kwargs)
        if self.starts_at.errors or self.ends_at.errors or self.length.errors:
            return False
        start, end, length = self.starts_at.data, self.ends_at.data, self.length.data
        if start is None and end is None and length is None:
            return self.say("length", _l("Say how long you worked: from and to, or a length such as 1:30."))
        if start is None and end is not None:
            return self.say("starts_at", _l("Give the time you began, too."))
        if start is not None and end is None:
            return self.say("ends_at", _l("Give the time you stopped, too."))
        if start is not None:
            took = since_midnight(end) - since_midnight(start)
            if took <= 0:
                return self.say("ends_at", _l("The end comes before the start. Past midnight, log two days."))
            if length is not None and length != took:
                return self.say("length", _l("This is not the time from start to end. Leave one of the two empty."))
        if self.skill.data and self.skill.data not in [value for value, _label in self.skill.choices]:
            return self.say("skill", _l("Choose a skill from the list."))
        return good

    def say(self, name: str, words) -> bool:
        self[name].errors = [*self[name].errors, str(words)]
        return False

    def put(self, wrong: Wrong) -> None:
        """A sentence of the rules at its field; a length that comes from the times is said there."""
        name = wrong.field
        if name == "length" and self.starts_at.data:
            name = "ends_at"
        values = {key: spoken(value) if key in ("start", "end") else value for key, value in wrong.said.values.items()}
        self.say(name, translate(wrong.said.words, **values))

    def work(self) -> Work:
        start, end = self.starts_at.data, self.ends_at.data
        minutes = since_midnight(end) - since_midnight(start) if start else self.length.data
        skill = int(self.skill.data) if self.skill.data else None
        return Work(date.fromisoformat(self.worked_on.data), self.did.data, minutes, start, end, skill)


def filled(entry: HoursEntry | None, skills, day: date) -> HoursForm:
    """As an entry stands, or empty for this day."""
    if entry is None:
        return HoursForm(skills, formdata=None, data={"worked_on": day.isoformat()})
    data = {
        "worked_on": entry.worked_on.isoformat(), "starts_at": entry.starts_at, "ends_at": entry.ends_at,
        "length": None if entry.starts_at else entry.minutes, "did": entry.did,
        "skill": str(entry.skill_id) if entry.skill_id else "",
    }  # fmt: skip
    return HoursForm(skills, formdata=None, data=data)


class QueryForm(Form):
    words = Words(
        _l("What you would like to know"), [required(_l("Say what you would like to know."))], most=600, rows=2
    )


class GoalForm(Form):
    goal = Whole(_l("My own goal"), 1, MOST_GOAL, id="hours-goal")
