"""What a student says above their portfolio, and the day on a paper that a guardian has signed."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from board import contact
from board.experience.rules import ABOUT
from board.forms import Form, Words, required
from board.people.forms import Day
from board.people.model import Person
from board.school.model import today


class AboutForm(Form):
    about = Words(_l("About me"), most=ABOUT, rows=3)

    def __init__(self, student: Person, **more):
        self.student = student
        super().__init__(**more)

    def validate_about(self, field):
        """Strangers may read it one day: it holds no way to reach the student, nor their name."""
        found = contact.found(field.data or "", self.student.name, self.student.username or "")
        if found:
            words = ", ".join(f"“{text}” ({_(kind)})" for kind, text in found)
            raise ValidationError(_("Take this out, please: %(found)s. Whoever you give the page to knows you already.", found=words))  # fmt: skip


class GuardianForm(Form):
    signed_on = Day(_l("Signed on"), [required(_l("Write the day that stands on the paper."))])

    def validate_signed_on(self, field):
        if field.data and field.data > today():
            raise ValidationError(_("This day lies in the future."))
