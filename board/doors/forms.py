"""What somebody types who wants to come in: who they are, where mail reaches them, what they need done."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import ValidationError

from board.employers.forms import Website
from board.forms import Form, Line, Mail, NoAddress, required
from board.postings.model import TITLE


class AddressForm(Form):
    email = Mail(_l("Your mail address"), [required()])


class JoinForm(Form):
    """The least that a first draft needs; everything else is asked for where it is needed."""

    need = Line(
        _l("What do you need done?"),
        [required(_l("One sentence is enough."))],
        most=TITLE,
        render_kw={"autocomplete": "off"},
    )
    organization = Line(
        _l("Name of the organization"), [required(), NoAddress()], most=120, render_kw={"autocomplete": "organization"}
    )
    name = Line(_l("Your name"), [required(), NoAddress()], most=120, render_kw={"autocomplete": "name"})
    email = Mail(_l("Your mail address"), [required()])
    website = Website(_l("Website"))
    starter = HiddenField()  # the project they begin with, by its slug; one that is not offered is none

    # people do not see this one; machines fill it
    nickname = StringField(_l("Leave this empty"), render_kw={"autocomplete": "off", "tabindex": "-1"})

    def validate_nickname(self, field):
        if field.data:
            raise ValidationError(_l("Please empty this field: it is here to tell people from machines."))
