"""What somebody chooses for themself, and what a coordinator sets for all mail."""

from datetime import time

from flask_babel import format_time, gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import ValidationError

from board.forms import Form, Mail
from board.mail import rules
from board.mail.actions import paces_of
from board.mail.model import Pace
from board.people.model import Person


def choices_form(person: Person, **filled) -> Form:
    """A line for each kind of notice that this person can get."""
    paces = [(str(pace), _l(pace.label)) for pace in Pace]
    offered = rules.OFFERED[person.role]
    fields = {str(kind): SelectField(gettext(label), choices=paces) for kind, (label, _pace) in offered.items()}
    now = {str(kind): str(pace) for kind, pace in paces_of(person).items()}
    return type("ChoicesForm", (Form,), fields)(prefix="mail-", data=now, **filled)


def sends_from(form, field):
    """The envelope and the header carry it as it is."""
    if field.data and (not field.data.isascii() or "=?" in field.data):
        raise ValidationError(_l("Use plain letters here: many mail servers refuse others."))


class MailSettingsForm(Form):
    sender = Mail(_l("Letters come from"), [sends_from])
    reply_to = Mail(_l("Answers go to"), [sends_from])
    quiet_from = SelectField(_l("Quiet from"), coerce=int)
    quiet_to = SelectField(_l("Quiet until"), coerce=int)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hours = [(hour, format_time(time(hour), "short", rebase=False)) for hour in range(24)]
        self.quiet_from.choices = self.quiet_to.choices = hours
