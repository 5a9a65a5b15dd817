"""What people type to sign in, to set up a board, about themselves, and what a coordinator types about them."""

import re

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from board.forms import Form, Line, Mail, NoAddress, one_line, required
from board.people.class_list import USERNAME_SHAPE, as_date
from board.school.model import GRADES, LOWEST_AGE, STATES, TIME_ZONES
from board.school.rules import tidy


class SignInForm(Form):
    email = StringField(
        _l("Mail address or username"), [required()], filters=[one_line],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "maxlength": 254},
    )  # fmt: skip
    password = PasswordField(
        _l("Password or sign-in code"),
        [InputRequired(_l("Please fill this in."))],
        render_kw={"autocomplete": "current-password", "maxlength": 1000},
    )


def new_password(label=_l("New password")):
    return PasswordField(
        label,
        [InputRequired(_l("Please fill this in."))],
        render_kw={"autocomplete": "new-password", "maxlength": 1000},
    )


class PasswordForm(Form):
    """A first password, after a code or an invitation."""

    password = new_password()


class WelcomeForm(Form):
    name = Line(_l("Your name"), [required(), NoAddress()], most=120, render_kw={"autocomplete": "name"})
    password = new_password(_l("Choose a password"))


class SetUpForm(Form):
    school = Line(_l("Name of the school"), [required()], most=120, render_kw={"autocomplete": "organization"})
    state = SelectField(
        _l("State"), choices=[("", ""), *STATES.items()], validators=[required(_l("Choose the state."))]
    )
    time_zone = SelectField(
        _l("Time zone"),
        choices=[(name, name.split("/", 1)[1].replace("_", " ").replace("/", ", ")) for name in TIME_ZONES],
    )
    minimum_age = SelectField(
        _l("Lowest age of students who may apply"),
        coerce=int,
        choices=[(age, str(age)) for age in range(LOWEST_AGE, 19)],
    )
    name = Line(_l("Your name"), [required()], most=120, render_kw={"autocomplete": "name"})
    email = Mail(_l("Your mail address"), [required()])
    password = new_password(_l("Choose a password"))


def password_again(label=_l("Your password")):
    return PasswordField(label, render_kw={"autocomplete": "current-password", "maxlength": 1000})


class DetailsForm(Form):
    """One's own name and mail address; another address asks for the password."""

    name = Line(_l("Name"), [required(), NoAddress()], most=120, render_kw={"autocomplete": "name"})
    email = Mail(_l("Mail address"))
    password_for_mail = password_again(_l("Your password, if you change the mail address"))


class ChangePasswordForm(Form):
    old_password = PasswordField(
        _l("Your password now"),
        [InputRequired(_l("Please fill this in."))],
        render_kw={"autocomplete": "current-password", "maxlength": 1000},
    )
    password = new_password()


class Day(DateField):
    """A date, or None. Errors are one sentence."""

    def process_formdata(self, valuelist):
        text = one_line(valuelist[0] if valuelist else "")
        self.raw_data, self.data = [text], None
        if text:
            self.data = as_date(text)
            if self.data is None:
                raise ValueError(str(_l("Write the date as 2009-05-31 or 5/31/2009.")))


class Username(Line):
    def __init__(self, label, validators=(), **kwargs):
        kwargs.setdefault("render_kw", {}).update(autocomplete="off", autocapitalize="none", spellcheck="false")
        super().__init__(label, validators, most=60, **kwargs)
        self.filters = [*self.filters, str.lower]

    def pre_validate(self, form):
        if self.data and not USERNAME_SHAPE.fullmatch(self.data):
            raise ValidationError(_l("A username has 2 to 60 letters, digits, dots or dashes, and no spaces."))


def adviser_field():
    """A teacher or nobody; `choices` are set by the view."""
    return SelectField(_l("Adviser"), coerce=whole_or_none, validate_choice=True)


def whole_or_none(value) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


def grade_field():
    return SelectField(
        _l("Grade"), coerce=whole_or_none, choices=[("", _l("not known")), *((grade, str(grade)) for grade in GRADES)]
    )


class StudentForm(Form):
    """What the school keeps of a student."""

    name = Line(_l("Name"), [required()], most=120, render_kw={"autocomplete": "off"})
    username = Username(_l("Username"))
    email = Mail(_l("Mail address"))
    grade = grade_field()
    birth_date = Day(_l("Birth date"), render_kw={"autocomplete": "off"})
    adviser = adviser_field()
    directory_opt_out = BooleanField(_l("The family wants no directory information given out"))


class StaffForm(Form):
    """What a coordinator may write of a teacher or of an employer's person."""

    name = Line(_l("Name"), [required()], most=120, render_kw={"autocomplete": "off"})
    email = Mail(_l("Mail address"))
    username = Username(_l("Username"))
    title = Line(_l("Title"), most=80, render_kw={"autocomplete": "off"})


class InviteForm(Form):
    """Whom to invite; `employer` chooses one that is here, `new_employer` names another."""

    role = RadioField(
        _l("Who is it?"),
        choices=[("teacher", _l("A teacher")), ("employer", _l("Somebody who works for an employer"))],
        validators=[required(_l("Choose one."))],
    )
    name = Line(_l("Name"), [required()], most=120, render_kw={"autocomplete": "off"})
    email = Mail(_l("Mail address"), [required()])
    employer = SelectField(_l("Employer"), coerce=whole_or_none)
    new_employer = Line(_l("or the name of a new employer"), most=120, render_kw={"autocomplete": "off"})
    checked = BooleanField(_l("We know this employer and have checked them"))
    send = BooleanField(_l("Send it by mail"), default=True)

    def validate(self, extra_validators=None) -> bool:
        good = super().validate(extra_validators)
        if self.role.data == "employer" and bool(self.employer.data) == bool(self.new_employer.data):
            words = _l("Choose an employer, or name a new one.")
            if self.employer.data:
                words = _l("Choose an employer or name a new one, not both.")
            self.employer.errors = [*self.employer.errors, words]
            good = False
        return good


class ClassListForm(Form):
    """The pasted list as it came: tabs and line ends belong to it."""

    text = TextAreaField(
        _l("The list"),
        [InputRequired(_l("Paste the list here first."))],
        filters=[lambda text: (text or "").encode("utf-8", "ignore").decode().replace("\x00", "")],
        render_kw={"rows": 14, "spellcheck": "false", "autocomplete": "off", "class": "list-text"},
    )


class ProfileForm(Form):
    """What a student says of themself."""

    skills = Line(_l("Skills"), most=1000, render_kw={"autocapitalize": "none"})
    fields = SelectMultipleField(
        _l("What would you like to hear about?"),
        coerce=whole_or_none,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )
    adviser = adviser_field()

    MOST_SKILLS = 40

    def skill_names(self) -> list[str]:
        return [name for name in re.split(r"[,;\n]", self.skills.data or "") if name.strip()]

    def validate_skills(self, field):
        if len(self.skill_names()) > self.MOST_SKILLS:
            raise ValidationError(_l("Name at most 40 skills."))
        if any(len(tidy(name)) < len(" ".join(name.split()).strip(" ,;|")) for name in self.skill_names()):
            raise ValidationError(_l("A skill has at most 60 characters. Put commas between them."))
