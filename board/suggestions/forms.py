"""What a student says of an employer they would like to see here, and what a coordinator answers."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from board.employers.forms import PersonName
from board.forms import Form, Line, Mail, Whole, Words, required
from board.people.forms import whole_or_none
from board.postings.model import HOURS, TITLE


class SuggestionForm(Form):
    organization = Line(_l("Name of the organization"), [required()], most=120, render_kw={"autocomplete": "off"})
    place = Line(_l("Town or neighborhood"), [required()], most=120, render_kw={"autocomplete": "off"})
    why = Words(_l("Why them?"), [required(_l("One or two sentences are enough."))], most=1000, rows=3)
    known = Words(_l("How do you know them?"), most=500, rows=2)

    title = Line(_l("What is the project?"), most=TITLE, render_kw={"autocomplete": "off"})
    make = Words(_l("What would you make?"), most=2000, rows=5)
    hours = Whole(_l("About how many hours?"), *HOURS)

    def validate(self, extra_validators=None) -> bool:
        good = super().validate(extra_validators)
        if self.title.data and not self.make.data:
            self.make.errors = [*self.make.errors, _l("Say what you would make, or empty the name of the project.")]
            good = False
        if not self.title.data and (self.make.data or self.hours.data):
            self.title.errors = [*self.title.errors, _l("Give your project a name.")]
            good = False
        return good


class InviteForm(Form):
    organization = Line(_l("Name of the organization"), [required()], most=120, render_kw={"autocomplete": "off"})
    name = Line(_l("Who gets the invitation?"), [required(), PersonName()], most=120, render_kw={"autocomplete": "off"})
    email = Mail(_l("Mail address"), [required()], render_kw={"autocomplete": "off"})


class PassOnForm(Form):
    employer = SelectField(_l("Employer"), coerce=whole_or_none, validators=[required(_l("Choose an employer."))])


class DeclineForm(Form):
    reason = Words(
        _l("Why, in kind words to the student"), [required(_l("Please say why, in a sentence."))], most=1000, rows=3
    )
