"""One's own account, and a student's profile."""

from flask import Blueprint, abort, g, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from board import htmx
from board.access import open_to, school, who
from board.drawing import said
from board.moves import Refused
from board.people import accounts, actions, sessions
from board.people.forms import ChangePasswordForm, DetailsForm, ProfileForm
from board.people.model import Person, Role
from board.school.model import Field

account = Blueprint("account", __name__)

WRONG_PASSWORD = _l("This is not your password.")
TOO_MANY_TRIES = _l("Too many tries. Wait a few minutes, then try again.")


@account.get("/account", endpoint="account")
@open_to(*Role)
def account_page():
    return draw()


def draw(status: int = 200, details: DetailsForm | None = None, password: ChangePasswordForm | None = None):
    person = who()
    return htmx.page(
        "people/account.html", status=status, person=person, browsers=list(sessions.list_of(person)),
        details=details or details_form(person, formdata=None, obj=person), password=password or ChangePasswordForm(formdata=None),
    )  # fmt: skip


@account.post("/account/details")
@open_to(*Role)
def details():
    person = who()
    form = details_form(person)
    good = form.validate()
    email = form.email.data or None
    if good and email != person.email:
        good = right_password(form.password_for_mail)
    if good:
        try:
            name = form.name.data if form.name else person.name
            accounts.change(person, person, {"name": name, "email": email})
            return htmx.go(url_for("account.account"), _("Your details are saved."))
        except Refused as problem:
            form.email.errors = [said(problem)]
    return draw(422, details=form)


def details_form(person, **filled) -> DetailsForm:
    """A student's name is the school's to change: it is what is kept out of applications."""
    form = DetailsForm(**filled)
    if person.is_student:
        del form.name
    return form


def right_password(field) -> bool:
    """Ask for the password again; what is wrong goes beside the field."""
    try:
        if actions.confirm(who(), field.data or ""):
            return True
        field.errors = [WRONG_PASSWORD]
    except actions.SlowDown:
        field.errors = [TOO_MANY_TRIES]
    return False


@account.post("/account/password")
@open_to(*Role)
def password():
    form = ChangePasswordForm()
    if form.validate() and right_password(form.old_password):
        try:
            actions.set_password(who(), form.password.data, keep=True)
            return htmx.go(
                url_for("account.account"), _("Your password is changed. Every other browser is signed out.")
            )
        except Refused as problem:
            form.password.errors = [said(problem)]
    return draw(422, password=form)


@account.post("/account/browsers/<int:number>/end")
@open_to(*Role)
def end_browser(number: int):
    if number == who().session.id:
        abort(404)  # the button for this one is "sign out"
    if not accounts.end_session(who(), number):
        abort(404)
    return htmx.go(url_for("account.account"), _("That browser is signed out."))


@account.post("/account/browsers/end")
@open_to(*Role)
def end_other_browsers():
    sessions.end_all(who(), but=who().session)
    return htmx.go(url_for("account.account"), _("Every other browser is signed out."))


# -- a student's profile


@account.route("/profile", methods=["GET", "POST"])
@open_to(Role.STUDENT)
def profile():
    student = who()
    g.section = "profile"
    skills, fields = accounts.profile(student)
    form = ProfileForm(
        skills=", ".join(skill.name for skill in skills), fields=list(fields), adviser=student.adviser_id
    )
    staff = list(Person.staff())
    shown = list(Field.shown())
    form.fields.choices = [(field.id, field.name) for field in shown]
    form.adviser.choices = [("", _("nobody yet")), *((person.id, person.name) for person in staff)]
    if form.validate_on_submit():
        adviser = next((person for person in staff if person.id == form.adviser.data), None)
        accounts.save_profile(student, form.skill_names(), form.fields.data, adviser)
        return htmx.go(url_for("account.profile"), _("Your profile is saved."))
    return htmx.page(
        "people/profile.html", status=422 if form.errors else 200, form=form, person=student, skills=skills,
        fields=shown, age=student.age_on(school().today()), minimum_age=school().minimum_age,
    )  # fmt: skip
