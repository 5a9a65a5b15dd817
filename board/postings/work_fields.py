"""Fields of a posting that are more than a line: days, skills, tasks, and the fixed times. Shape only."""

import re
from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, SelectField, SelectMultipleField, StringField
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

from board.checks import tasks
from board.forms import Whole, one_line
from board.postings.times import DAYS
from board.school.rules import fold, tidy

SKILLS = 12  # of each kind; more says nothing
SKILL_LENGTH = 60
YEARS = (2000, 2100)
SESSIONS = 7
CLOCK = re.compile(r"([01]?[0-9]|2[0-3])(?::?([0-5][0-9]))?\s*(?:([ap])\.?\s?m\.?)?", re.I)


class Day(StringField):
    """A date as the browser's own control sends it (ISO 8601), kept as that text; nothing is None."""

    def __init__(self, label, **kwargs):
        kwargs.setdefault("render_kw", {}).update(type="date", autocomplete="off")
        super().__init__(label, **kwargs)

    def _value(self):
        return self.raw_data[0] if self.raw_data else (self.data or "")

    def process_formdata(self, valuelist):
        text = one_line(valuelist[0] if valuelist else "")
        self.data = None
        if not text:
            return
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                raise ValueError
            day = date.fromisoformat(text)
        except ValueError:
            raise ValueError(str(_l("Give a date as year-month-day, such as 2027-02-15."))) from None
        if not YEARS[0] <= day.year <= YEARS[1]:
            raise ValueError(str(_l("Give a date of this century.")))
        self.data = day.isoformat()


class WeeksOfWork(Whole):
    def gettext_range(self) -> str:
        return str(_l("Use a whole number from 1 to 8: more than eight weeks is a job, not a micro-internship."))


class Skills(StringField):
    """Names of skills with commas between them, kept as a list; spellings that are one skill stand once."""

    def _value(self):
        return self.raw_data[0] if self.raw_data else ", ".join(self.data or [])

    def process_formdata(self, valuelist):
        found: dict[str, str] = {}
        for name in map(tidy, re.split(r"[,;\n]", valuelist[0] if valuelist else "")):
            if fold(name):
                found.setdefault(fold(name), name)
        self.data = list(found.values())

    def pre_validate(self, form):
        typed = self.raw_data[0] if self.raw_data else ""
        if any(len(one_line(name)) > SKILL_LENGTH for name in re.split(r"[,;\n]", typed)):
            raise ValidationError(_l("A skill is one to four words. Put a comma between two skills."))
        if len(self.data or []) > SKILLS:
            raise ValidationError(_l("Name at most 12 skills: the ones that decide."))


class Tasks(SelectMultipleField):
    """Slugs of checks/tasks.py in their own order. An empty value beside the boxes says that they were there."""

    def __init__(self, label, **kwargs):
        super().__init__(
            label, choices=[(task.slug, task.words) for task in tasks.ALL], validate_choice=False, **kwargs
        )

    def process_formdata(self, valuelist):
        self.unknown = [slug for slug in valuelist if slug and slug not in tasks.BY_SLUG]
        self.data = [slug for slug in tasks.BY_SLUG if slug in valuelist]

    def pre_validate(self, form):
        if getattr(self, "unknown", ()):
            raise ValidationError(_l("Choose tasks from the list."))

    def groups(self) -> list[tuple[tasks.Group, list[tasks.Task], int]]:
        """By group: the tasks, and how many of them are ticked."""
        ticked = set(self.data or ())
        groups = [(group, [task for task in tasks.ALL if task.group == group]) for group in tasks.Group]
        return [(group, rows, sum(task.slug in ticked for task in rows)) for group, rows in groups]


class Rows(FieldList):
    """A list with a fixed number of rows. The numbers in names that were sent are not trusted to be numbers."""

    def _extract_indices(self, prefix, formdata):
        return [n for n in range(self.max_entries) if any(key.startswith(f"{prefix}-{n}") for key in formdata)]


class EveryRow(Rows):
    """All of the rows once one was sent, each under its own number."""

    def _extract_indices(self, prefix, formdata):
        return list(range(self.max_entries)) if super()._extract_indices(prefix, formdata) else []


class Clock(StringField):
    """A time of day as the browser's own control sends it ("16:00"), or as people write it ("4 pm"); nothing is ""."""

    def __init__(self, label, **kwargs):
        kwargs.setdefault("render_kw", {}).update(type="time", autocomplete="off")
        super().__init__(label, **kwargs)

    def _value(self):
        return self.raw_data[0] if self.raw_data and self.process_errors else (self.data or "")

    def process_formdata(self, valuelist):
        text = one_line(valuelist[0] if valuelist else "")
        self.data = ""
        if not text:
            return
        found = CLOCK.fullmatch(text)
        hour = int(found[1]) if found else 0
        if found is None or not found.string.isascii() or (found[3] and not 1 <= hour <= 12):
            raise ValueError(str(_l("Give a time of day, such as 16:00 or 4 pm.")))
        if found[3]:
            hour = hour % 12 + (12 if found[3] in "pP" else 0)
        self.data = f"{hour:02}:{found[2] or '00'}"


class SessionForm(PlainForm):
    """One fixed time of the week. A row may be half filled while it is a draft."""

    day = SelectField(_l("Day"), validate_choice=False)
    starts = Clock(_l("From"))
    ends = Clock(_l("To"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.day.choices = [("", _l("Day")), *((str(number), _l(name)) for number, name in enumerate(DAYS))]

    def validate_day(self, field):
        if field.data and field.data not in map(str, range(7)):
            raise ValidationError(_l("Choose a day of the week."))

    @property
    def is_blank(self) -> bool:
        return not (self.day.data or self.starts.data or self.ends.data)

    @property
    def row(self) -> dict:
        """As content.py has it."""
        return {"day": int(self.day.data) if self.day.data else None, "from": self.starts.data, "to": self.ends.data}


def session_data(rows) -> list[dict]:
    """Rows of content.py as the form's own data."""
    return [
        {"day": "" if row.get("day") is None else str(row["day"]), "starts": row.get("from"), "ends": row.get("to")}
        for row in rows or ()
    ]
