"""One's own account, and a student's profile."""

from flask import Blueprint, abort, g, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from board import htmx
from board.access import open_to, school, who
from board.db import now
from board.doors import scopes
from board.doors.asking import asker
from board.drawing import said
from board.employers.domains import Mailbox, mailbox
from board.moves import Refused
from board.people import accounts, actions, rules, sessions
from board.people.forms import ChangePasswordForm, DetailsForm, PasswordForm, ProfileForm
from board.people.model import Person, Role
from board.postings import joining
from board.school.model import Field
from board.words import N_

account = Blueprint("account", __name__)

WRONG_PASSWORD = _l("This is not your password.")
FILL_IN = _l("Please fill this in.")
COME_AFRESH = _l("You signed in a while ago. Sign in with a new link first; the button is below.")
TOO_MANY_TRIES = _l("Too many tries. Wait a few minutes, then try again.")


@account.get("/account", endpoint="account")
@open_to(*Role)
def account_page():
    return draw()


def draw(status: int = 200, details: DetailsForm | None = None, password=None):
    person = who()
    return htmx.page(
        "people/account.html", status=status, person=person, browsers=list(sessions.list_of(person)), fresh=is_fresh(),
        details=details or details_form(person, formdata=None, obj=person), password=password or password_form(formdata=None),
        scope_names=scopes.NAMES,
    )  # fmt: skip


@account.post("/account/details")
@open_to(*Role)
def details():
    person = who()
    form = details_form(person)
    good = form.validate()
    email = (form.email.data or None) if form.email else person.email
    other = email != person.email
    if good and person.is_employer and form.email and not email:
        form.email.errors, good = [FILL_IN], False
    if good and other:
        good = right_password(form.password_for_mail) if form.password_for_mail else come_lately(form.email)
    if good:
        try:
            return save_details(form.name.data if form.name else person.name, email)
        except Refused as problem:
            form.email.errors = [said(problem)]
    return draw(422, details=form)


def save_details(name: str, email: str | None):
    """An employer's new address counts once the link mailed there is opened: a typo would lock out who has no password.
    The sentence about a mailbox that is thrown away is that of joining."""
    person = who()
    if not person.is_employer or email == person.email:
        accounts.change(person, person, {"name": name, "email": email})
        return htmx.go(url_for("account.account"), _("Your details are saved."))
    joining.send_again(person, asker(), email or "")
    accounts.change(person, person, {"name": name})
    words = _("A link is on its way to %(email)s. The new address counts once you have opened it.", email=email)
    if mailbox(email or "") == Mailbox.DISPOSABLE:
        words += " " + _("This looks like a disposable mail address. The school will ask about it, so please use one you will keep.")  # fmt: skip
    return htmx.go(url_for("account.account"), words, "wait")


def details_form(person, **filled) -> DetailsForm:
    """A student's name is the school's to change: it is what is kept out of applications."""
    form = DetailsForm(**filled)
    if person.is_student:
        del form.name
    if person.is_newcomer:
        del form.email
    if not person.password_hash:
        del form.password_for_mail
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


def is_fresh() -> bool:
    """Signed in not long ago: what stands for the password of somebody who has none."""
    return who().session.created_at > now() - rules.FRESH


def come_lately(field) -> bool:
    if is_fresh():
        return True
    field.errors = [COME_AFRESH]
    return False


def password_form(**filled) -> ChangePasswordForm | PasswordForm:
    return (ChangePasswordForm if who().password_hash else PasswordForm)(**filled)


@account.post("/account/password")
@open_to(*Role)
def password():
    """Another password, or the first one of somebody who comes by links in mails."""
    form = password_form()
    first = not who().password_hash
    if first and who().is_newcomer:  # else whoever typed an address would hold a key to it before its owner does
        raise Refused(N_("Confirm your mail address first: open the link in the mail we sent you."))
    if form.validate() and (come_lately(form.password) if first else right_password(form.old_password)):
        try:
            actions.set_password(who(), form.password.data, keep=True)
            words = _("Your password is changed. Every other browser is signed out.")
            if first:
                words = _("You have a password now. Links in mails work as before.")
            return htmx.go(url_for("account.account"), words)
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
    accounts.end_other_sessions(who(), but=who().session)
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
