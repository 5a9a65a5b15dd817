"""What a coordinator types about the school, its fields and its skills."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import ValidationError

from board.drawing import translate
from board.forms import Dollars, Form, Line, Words, required
from board.people.forms import Day
from board.school.model import CLUSTERS, LOWEST_AGE, STATES, TIME_ZONES, PeriodKind
from board.school.rules import PAY_CENTS


def zone_name(name: str) -> str:
    """ "America/Indiana/Indianapolis" -> "Indiana, Indianapolis"."""
    return name.split("/", 1)[1].replace("_", " ").replace("/", ", ")


class SettingsForm(Form):
    name = Line(_l("Name of the school"), [required()], most=120, render_kw={"autocomplete": "organization"})
    state = SelectField(_l("State"), choices=[*STATES.items()])
    time_zone = SelectField(_l("Time zone"), choices=[(name, zone_name(name)) for name in TIME_ZONES])
    minimum_age = SelectField(
        _l("Lowest age of students who may apply"),
        coerce=int,
        choices=[(age, str(age)) for age in range(LOWEST_AGE, 19)],
    )
    minimum_pay_cents = Dollars(_l("Lowest pay an hour"), [required()])
    open_to_visitors = BooleanField(_l("Visitors may look at the board without signing in"))

    teachers_by_mail = BooleanField(_l("Teachers may sign in by a link in a mail"))
    contact_passes = BooleanField(_l("Messages with a phone number, address or link in them go on at once"))

    second_teacher = BooleanField(_l("Two teachers agree to work that is on site or hybrid"))
    trusted_skip = BooleanField(
        _l("Changes of employers a coordinator trusts go live without review if every check passes")
    )

    guardian_asked = BooleanField(
        _l("Under 18, a parent or guardian has to say yes before contact is shared or work starts")
    )

    def validate_minimum_pay_cents(self, field):
        low, high = PAY_CENTS
        if field.data is not None and not low <= field.data <= high:
            raise ValidationError(_l("Give an amount from $7.25, the federal minimum wage, to $200."))


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


class PeriodForm(Form):
    """A part of the school year."""

    kind = RadioField(_l("What these days are"), validate_choice=False)
    name = Line(_l("Name"), most=80, render_kw={"autocomplete": "off"})
    first_on = Day(_l("First day"), [required()], render_kw={"autocomplete": "off"})
    last_on = Day(_l("Last day"), [required()], render_kw={"autocomplete": "off"})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = [(str(kind), translate(kind)) for kind in PeriodKind]
