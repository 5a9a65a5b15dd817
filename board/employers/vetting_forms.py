"""What a coordinator writes down of an employer and of its supervisors."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField

from board.employers.vetting_model import AGENCY, WORDS, Background, Outcome
from board.forms import Form, Line, Words, required
from board.people.forms import Day

OFF = {"autocomplete": "off"}


class ItemForm(Form):
    """One item of the checklist."""

    outcome = RadioField(
        _l("What came of it"),
        choices=[(str(one), _l(one.label)) for one in Outcome],
        validators=[required(_l("Choose what came of it."))],
    )
    words = Words(
        _l("How you know"), [required(_l("Say how you know, in a sentence: next year somebody else reads it."))],
        most=WORDS, rows=2,
    )  # fmt: skip


class VerifyForm(Form):
    until = Day(_l("Good until"), [required(_l("Give the last day."))], render_kw=OFF)
    words = Words(_l("Why you verify them without what is missing"), most=WORDS, rows=2)


class SupervisorForm(Form):
    """How far the check of a person has come. There is no place for the report, on purpose."""

    contact_seen_on = Day(_l("Reached at work on"), render_kw=OFF)
    background = SelectField(_l("Background check"), choices=[(str(one), _l(one.label)) for one in Background])
    background_on = Day(_l("Day of the answer"), render_kw=OFF)
    background_by = Line(_l("How, or by whom"), most=AGENCY, render_kw=OFF)
    until = Day(_l("Good until"), render_kw=OFF)


class SuspendForm(Form):
    reason = Words(
        _l("Why, in words its people may read"), [required(_l("Please say why, in a sentence."))], most=WORDS, rows=3
    )
