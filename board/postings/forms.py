"""What employers type about a project: shape only. What a posting must say before it goes is `rules.problems`."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FormField, RadioField, SelectField
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

from board.forms import Dollars, Form, Line, Whole, Words, one_line
from board.postings import content, starters
from board.postings.model import (
    HOURS,
    MILESTONES,
    QUESTIONS,
    SEATS,
    SUMMARY,
    TITLE,
    WEEKS,
    AiTools,
    Alone,
    Place,
    Posting,
    Premises,
    WorkerKind,
)  # fmt: skip
from board.postings.rules import Problem
from board.postings.work_fields import (
    SESSIONS,
    Day,
    EveryRow,
    Rows,
    SessionForm,
    Skills,
    Tasks,
    WeeksOfWork,
    session_data,
)
from board.school.model import GRADES, Field, School
from board.words import Labelled

ROWS = ("milestones", "sessions", "questions")
ONE_OF: dict[str, type[Labelled]] = {
    "place": Place, "ai_tools": AiTools, "worker_kind": WorkerKind, "premises": Premises, "alone": Alone,
}  # fmt: skip


class MilestoneForm(PlainForm):
    title = Line(_l("What is shown"), most=200)
    week = Whole(_l("By the end of week"), *WEEKS)

    def validate_title(self, field):
        if not field.data and self.week.raw_data and one_line(self.week.raw_data[0]):
            raise ValidationError(_l("Say what is shown in this week."))


def choice(label, labels: type[Labelled], **kwargs):
    """One of a few, or none yet."""
    named = [(str(one), _l(one.label)) for one in labels]
    return RadioField(label, choices=named, validate_choice=False, coerce=one_line, **kwargs)


class PostingForm(Form):
    """Every field of a posting. The names are the keys of `content`."""

    KEYS = content.KEYS

    title = Line(_l("Title"), most=TITLE)
    summary = Line(_l("One sentence that says it all"), most=SUMMARY)
    field = SelectField(_l("Kind of work"), validate_choice=False)
    resume_title = Line(_l("What the student may call it on a résumé"), most=80)

    description = Words(_l("What the student will do"), most=15000, rows=8)
    deliverable = Words(_l("What the student hands over at the end"), most=1000, rows=2)
    milestones = Rows(
        FormField(MilestoneForm), _l("Milestones"), min_entries=MILESTONES, max_entries=MILESTONES
    )  # fmt: skip

    tasks = Tasks(_l("What kinds of work are in it?"))

    must = Skills(_l("Skills the work needs"))
    nice = Skills(_l("Skills that are nice to have"))
    first_project_welcome = BooleanField(_l("A first project is welcome"))
    ai_tools = choice(_l("May the student use AI tools?"), AiTools)
    ai_note = Line(_l("A word about AI tools"), most=200)

    hours = Whole(_l("Hours in all"), *HOURS)
    weeks = WeeksOfWork(_l("Over how many weeks"), *WEEKS)
    rhythm = Line(_l("Weekly rhythm"), most=200)
    starts_on = Day(_l("Starts on"))
    due_on = Day(_l("Due on"))
    sessions = EveryRow(FormField(SessionForm), _l("Fixed times"), min_entries=SESSIONS, max_entries=SESSIONS)

    pay_cents = Dollars(_l("Pay for the whole project"))
    seats = Whole(_l("How many students"), *SEATS)
    paid_how = Words(_l("Who pays, how and when"), most=300, rows=2)
    worker_kind = choice(_l("How do you take the student on?"), WorkerKind)

    place = choice(_l("Where is the work done?"), Place)
    location = Line(_l("Town or neighborhood"), most=120)
    address = Line(_l("Address"), most=200)
    times = Line(_l("A word about the times"), most=200)
    getting_there = Words(_l("Getting there"), most=300, rows=2)
    premises = choice(_l("What kind of place is it?"), Premises)
    alone = choice(_l("Is the student ever alone with one adult?"), Alone)
    supervisor = Line(_l("Worksite supervisor"), most=120)
    supervisor_title = Line(_l("What they do with you"), most=80)

    minimum_age = SelectField(_l("From what age"), validate_choice=False)
    minimum_grade = SelectField(_l("From what grade"), validate_choice=False)
    questions = Rows(
        Line(_l("Question"), most=300), _l("Questions for applicants"), min_entries=QUESTIONS, max_entries=QUESTIONS
    )  # fmt: skip

    apply_by = Day(_l("Last day to apply"))
    decide_by = Day(_l("You decide by"))

    def __init__(self, school: School, fields: list[Field], said: dict | None = None):
        super().__init__(data=shape(said or {}))
        self.notes: dict[str, list] = {}  # what is wrong with a list as a whole
        self.clear: set[str] = set()  # fields whose sentence needs no label before it
        self.told: list[Problem] = []  # of the checks, at their fields
        self.fields = {field.slug: field for field in fields}
        ages = sorted({*range(school.minimum_age, 19), *([self.age()] if self.age() else [])})
        self.minimum_age.choices = [("", ""), *((str(age), str(age)) for age in ages)]
        self.minimum_grade.choices = [("", _l("Any grade")), *((str(grade), str(grade)) for grade in GRADES)]
        self.field.choices = [("", _l("Choose")), *((field.slug, field.name) for field in fields)]

    def age(self) -> int | None:
        typed = self.minimum_age.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and 14 <= int(typed[:4]) <= 19 else None

    def validate_seats(self, field):
        if field.data is None and not field.process_errors:
            raise ValidationError(field.gettext_range())

    def validate_minimum_age(self, field):
        if field.data and self.age() is None:
            raise ValidationError(_l("Choose an age from the list."))

    def validate_minimum_grade(self, field):
        if field.data and field.data not in map(str, GRADES):
            raise ValidationError(_l("Choose a grade from the list."))

    def validate_field(self, field):
        if field.data and field.data not in self.fields:
            raise ValidationError(_l("Choose a kind of work from the list."))

    def must_be_one(self, field):
        if field.data and field.data not in set(ONE_OF[field.short_name]):
            raise ValidationError(_l("Choose one of these."))

    validate_place = validate_ai_tools = validate_worker_kind = validate_premises = validate_alone = must_be_one

    def values(self, sent) -> dict:
        """What can be kept, as in `content`: the fields that came and have no error. Call after `validate`."""
        kept = {}
        for key in self.KEYS:
            field = self[key]
            if key in ROWS:
                if any(name.startswith(f"{key}-") for name in sent) and self.rows_hold(key):
                    kept[key] = self.rows(key)
            elif field.errors or (key not in sent and (key != "first_project_welcome" or "title" not in sent)):
                continue
            elif key == "supervisor":
                if not self.supervisor_title.errors:
                    named = {"name": field.data, "title": self.supervisor_title.data or ""}
                    kept[key] = named if field.data else None
            elif key in ("minimum_age", "minimum_grade"):
                kept[key] = int(field.data) if field.data else None
            elif key == "field" or key in ONE_OF:
                kept[key] = field.data or None
            else:
                kept[key] = field.data
        if "field" in kept and "resume_title" in kept:
            kept["resume_title"] = self.title_for(kept["field"], kept["resume_title"])
        return kept

    def is_said(self, *keys: str) -> bool:
        """Whether something stands in any of these fields, or is wrong there: then the part they lie in is open."""
        return any(self.notes.get(key) or self[key].errors or (self.rows(key) if key in ROWS else self[key].data) for key in keys)  # fmt: skip

    def rows_hold(self, key: str) -> bool:
        """Whether the rows of a list can be kept. A week that is no number is left out, its milestone stays."""
        if key == "questions":
            return not self.questions.errors
        if key == "sessions":
            return not any(row.form.errors for row in self.sessions)
        return not any(row.form.title.errors for row in self.milestones)

    def rows(self, key: str) -> list:
        if key == "questions":
            return [row.data for row in self.questions if row.data]
        if key == "sessions":
            return [row.form.row for row in self.sessions if not row.form.is_blank]
        return [
            {"title": row.form.title.data, "week": row.form.week.data} for row in self.milestones if row.form.title.data
        ]

    def title_for(self, field: str | None, typed: str) -> str:
        """The field's title, unless the employer has typed one of their own."""
        mine = {one.title for one in self.fields.values()}
        if field and (not typed or typed in mine):
            return self.fields[field].title
        return typed

    def say(self, key: str, words: str, clear: bool = False) -> None:
        """Put a sentence at a field; a clear one tells by itself which field it means."""
        if clear:
            self.clear.add(key)
        if key in ROWS:
            self.notes.setdefault(key, []).append(words)
        else:
            self[key].errors = [*self[key].errors, words]

    def all_errors(self) -> list[tuple[str, str, object]]:
        """(id on the page, label, error) of everything that could not be kept, in the order of the page."""
        found = []
        for key in (*self.KEYS, *(["supervisor_title"] if "supervisor" in self.KEYS else [])):
            field = self[key]
            found += [(key, field.label.text, words) for words in self.notes.get(key, ())]
            if key in ("milestones", "sessions"):
                rows = [part for row in field for part in row.form if part.errors]
                found += [(part.id, field.label.text, part.errors[0]) for part in rows]
            elif key == "questions":
                found += [(row.id, field.label.text, row.errors[0]) for row in field if row.errors]
            else:
                found += [(field.id, field.label.text, words) for words in field.errors]
        return found


class StarterForm(PostingForm):
    """What a starter says: a posting without dates, and without where and with whom."""

    KEYS = tuple(key for key in content.KEYS if key in starters.KEYS)  # in the order of the page

    resume_title = starts_on = due_on = apply_by = decide_by = seats = None
    location = address = times = getting_there = supervisor = supervisor_title = None
    sessions = worker_kind = premises = alone = None


def shape(said: dict) -> dict:
    """A content dict as the form's own data."""
    data = {key: said[key] for key in content.KEYS if key in said}
    supervisor = data.pop("supervisor", None) or {}
    data |= {"supervisor": supervisor.get("name", ""), "supervisor_title": supervisor.get("title", "")}
    for key in ("minimum_age", "minimum_grade"):
        data[key] = str(data[key]) if data.get(key) else ""
    for key in ("field", *ONE_OF):
        data[key] = data.get(key) or ""
    data["sessions"] = session_data(data.get("sessions"))
    data.setdefault("seats", 1)
    return data


def fields_for(posting: Posting | None) -> list[Field]:
    """The fields to choose from, with the posting's own even if the school hides it by now."""
    shown = list(Field.shown())
    if posting and posting.field_id and posting.field_id not in {field.id for field in shown}:
        shown.append(posting.field)
    return shown


class HourlyForm(Form):
    pay_cents = PostingForm.pay_cents
    hours = PostingForm.hours


class CommentForm(Form):
    words = Words(_l("Your words"), most=4000, rows=3)
