"""What a coordinator types about the school, its fields and its skills."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import ValidationError

from board.drawing import translate
from board.forms import Clock, Form, Line, Words, required
from board.people.forms import Day
from board.people.model import Person
from board.school.model import CLUSTERS, STATES, TIME_ZONES, BackgroundAsked, PeriodKind


def zone_name(name: str) -> str:
    """ "America/Indiana/Indianapolis" -> "Indiana, Indianapolis"."""
    return name.split("/", 1)[1].replace("_", " ").replace("/", ", ")


def chosen(value: str | int | None) -> int | None:
    """The number of who was chosen in a list, or None."""
    return int(value) if str(value or "").isdecimal() else None


class SettingsForm(Form):
    name = Line(_l("Name of the school"), [required()], most=120, render_kw={"autocomplete": "organization"})
    state = SelectField(_l("State"), choices=[*STATES.items()])
    time_zone = SelectField(_l("Time zone"), choices=[(name, zone_name(name)) for name in TIME_ZONES])
    open_to_visitors = BooleanField(_l("Visitors may look at the board without signing in"))

    teachers_by_mail = BooleanField(_l("Teachers may sign in by a link in a mail"))
    contact_passes = BooleanField(_l("Messages with a phone number, address or link in them go on at once"))

    safety_person = SelectField(_l("Student-safety person"), coerce=chosen)
    safety_backup = SelectField(_l("Their backup"), coerce=chosen)
    safety_phone = Line(
        _l("Phone number for student safety"), most=40, render_kw={"type": "tel", "autocomplete": "off"}
    )

    second_teacher = BooleanField(_l("Two teachers agree to work that is on site or hybrid"))
    trusted_skip = BooleanField(
        _l("Changes of employers a coordinator trusts go live without review if every check passes")
    )

    guardian_asked = BooleanField(
        _l("Under 18, a parent or guardian has to say yes before contact is shared or work starts")
    )

    background_check = SelectField(
        _l("Background checks are asked"), coerce=lambda value: None if value in ("", BackgroundAsked.ON_SITE) else value,
        choices=[(str(one), _l(one.label)) for one in BackgroundAsked],
    )  # fmt: skip
    vetting_years = SelectField(
        _l("A check of an employer or a supervisor holds"), coerce=lambda value: None if value in (None, "1", 1) else int(value),
        choices=[(1, _l("one year")), (2, _l("two years")), (3, _l("three years"))],
    )  # fmt: skip
    guardian_asked_when = RadioField(
        _l("When they are asked"),
        validate_choice=False, coerce=lambda value: value if value == "apply" else "",
        choices=[("", _l("Once a student is matched")), ("apply", _l("At a student’s first application, and then at each match"))],
    )  # fmt: skip
    guardian_call = Line(_l("Whom families call, with a number"), most=200, render_kw={"autocomplete": "off"})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.guardian_asked_when.data = self.guardian_asked_when.data or ""  # as it stands before anybody has chosen
        staff = [(str(one.id), one.name) for one in Person.staff()]
        self.safety_person.choices = [("", _l("The coordinators")), *staff]
        self.safety_backup.choices = [("", _l("The coordinators")), *staff]

    def validate_safety_backup(self, field):
        if field.data and field.data == self.safety_person.data:
            raise ValidationError(_l("Choose another person than the first: the backup stands in for them."))


class FieldForm(Form):
    name = Line(_l("Name"), [required()], most=60, render_kw={"autocomplete": "off"})
    hint = Line(_l("What it means, in one sentence for students"), most=200, render_kw={"autocomplete": "off"})
    cluster = SelectField(_l("Career cluster"), choices=[(name, name) for name in CLUSTERS])
    title = Line(_l("Résumé title"), [required()], most=80, render_kw={"autocomplete": "off"})
    colour = SelectField(
        _l("Color"),
        choices=[
            ("azure", _l("Azure")), ("indigo", _l("Indigo")), ("plum", _l("Plum")), ("rose", _l("Rose")),
            ("orange", _l("Orange")), ("amber", _l("Amber")), ("ochre", _l("Ochre")), ("olive", _l("Olive")),
            ("leaf", _l("Leaf green")), ("forest", _l("Forest green")), ("teal", _l("Teal")), ("slate", _l("Slate")),
            ("brown", _l("Brown")), ("brick", _l("Brick")),
        ],
    )  # fmt: skip


class SkillForm(Form):
    """A skill's name: to add one, or to rename it."""

    name = Line(_l("Name"), [required()], most=60, render_kw={"autocomplete": "off", "autocapitalize": "none"})


class MergeForm(Form):
    into = Line(
        _l("Name of the skill that stays"), [required()], most=60,
        render_kw={"autocomplete": "off", "list": "alike"},
    )  # fmt: skip


class SynonymForm(Form):
    """Words that mean the same, with commas between them."""

    words = Words(
        _l("Words that mean the same"), [required()], most=510, rows=2,
        render_kw={"autocomplete": "off", "autocapitalize": "none"},
    )  # fmt: skip


class TermForm(Form):
    """A semester."""

    name = Line(_l("Name"), [required()], most=80, id="term-name", render_kw={"autocomplete": "off"})
    first_on = Day(_l("First day of school"), [required()], id="term-first", render_kw={"autocomplete": "off"})
    last_on = Day(_l("Last day of school"), [required()], id="term-last", render_kw={"autocomplete": "off"})


class BellForm(Form):
    """School hours of a school day."""

    starts = Clock(_l("First bell"), render_kw={"placeholder": "08:00"})
    ends = Clock(_l("Last bell"), render_kw={"placeholder": "15:00"})


class PeriodForm(Form):
    """A part of the school year."""

    kind = RadioField(_l("What these days are"), validate_choice=False)
    name = Line(_l("Name"), most=80, render_kw={"autocomplete": "off"})
    first_on = Day(_l("First day"), [required()], render_kw={"autocomplete": "off"})
    last_on = Day(_l("Last day"), [required()], render_kw={"autocomplete": "off"})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = [(str(kind), translate(kind)) for kind in PeriodKind]
