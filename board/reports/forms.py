"""What people say when something felt wrong, and what the line of a case writes down."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from board.drawing import translate
from board.forms import Form, Line, Words, required
from board.people.forms import Day
from board.reports.model import Outcome

FEW_WORDS = _l("Write a few words first.")


class Ticks(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ReportForm(Form):
    """Nothing in it is required: the press alone says enough."""

    words = Words(_l("What happened, in your words"), most=2000, rows=5, id="report-words")
    in_danger = BooleanField(_l("Somebody may be in danger now"))
    named = Ticks(_l("Is it about one of these people? Then they never read it."), coerce=int, validate_choice=False)

    def __init__(self, staff, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.named.choices = [(one.id, one.name) for one in staff]
        offered = {one.id for one in staff}
        self.named.data = [one for one in self.named.data or [] if one in offered]


class NoteForm(Form):
    words = Words(_l("A note for the case"), [required(FEW_WORDS)], most=4000, rows=3)


class SayForm(Form):
    words = Words(_l("Words for whoever said it"), [required(FEW_WORDS)], most=2000, rows=3)


class MandatedForm(Form):
    done_on = Day(_l("Day on which it was made"), [required(_l("Give the day on which it was made."))])
    to = Line(_l("To whom"), [required(_l("Say to whom it was made."))], most=120, render_kw={"autocomplete": "off"})


class ReopenForm(Form):
    words = Words(_l("Why it goes on"), [required(FEW_WORDS)], most=2000, rows=2)


class AboutForm(Form):
    """Whom of the school a case is about; the page gives the choices."""

    people = Ticks(_l("Who at the school is it about?"), choices=(), coerce=int, validate_choice=False)


class CloseForm(Form):
    outcome = RadioField(_l("How it ended"), [required(_l("Choose how it ended."))], validate_choice=False)
    words = Words(_l("What you found and did"), most=4000, rows=3)
    said = Words(_l("Words for whoever said it"), most=2000, rows=3)
    let_go = BooleanField(_l("Let everything that stands still go on"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.outcome.choices = [(str(one), translate(one.label)) for one in Outcome]
