"""Signing in and out, the first set-up, and choosing a password after a code or an invitation."""

from flask import Blueprint, abort, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from board import access, htmx
from board.access import ANYONE, open_to, safe_next, who
from board.db import database, now
from board.drawing import said
from board.moves import Refused, record
from board.people import actions, rules
from board.people.forms import PasswordForm, SetUpForm, SignInForm, WelcomeForm
from board.people.model import KeyKind, Person, Role
from board.school import actions as school_actions
from board.school.model import School

people = Blueprint("people", __name__)


@people.route("/sign-in", methods=["GET", "POST"])
@open_to(ANYONE)
def sign_in():
    form = SignInForm()
    back = safe_next(request.args.get("next"))
    if request.method == "GET":
        return redirect(back, 303) if who() else htmx.page("people/sign_in.html", form=form)
    if not form.validate():
        return htmx.page("people/sign_in.html", form=form, status=422)
    try:
        person, by_code = actions.check_sign_in(form.email.data, form.password.data)
    except actions.SlowDown:
        form.email.errors = [_l("Too many tries for this account. Wait a few minutes, then try again.")]
        return htmx.page("people/sign_in.html", form=form, status=429)
    if person is None:
        form.email.errors = [_l("The name and password don't match. A teacher can give you a new code.")]
        return htmx.page("people/sign_in.html", form=form, status=422)
    if by_code:
        access.sign_out()
        session["code"] = actions.tidy_code(form.password.data)
        session["code_of"] = person.id
        return redirect(url_for("people.first_password"), 303)
    access.sign_in(person)
    return redirect(back, 303)


@people.route("/first-password", methods=["GET", "POST"])
@open_to(ANYONE)
def first_password():
    """After a sign-in code: a password of one's own, and in."""
    key = actions.find_key(KeyKind.CODE, actions.tidy_code(session.get("code", "")))
    if key is None or key.person_id != session.get("code_of"):
        return redirect(url_for("people.sign_in"), 303)
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            actions.set_password(key.person, form.password.data, key=key)
            access.sign_in(key.person)
            return htmx.go(
                url_for("home.front"),
                _("Welcome, %(name)s. From now on you sign in with your password.", name=key.person.first_name),
            )
        except Refused as problem:
            form.password.errors = [said(problem)]
    return htmx.page("people/first_password.html", form=form, person=key.person, status=422 if form.errors else 200)


@people.route("/welcome/<token>", methods=["GET", "POST"])
@open_to(ANYONE)
def welcome(token: str):
    """An invitation: the name as the person wants it, a password, and in."""
    key = actions.find_key(KeyKind.INVITATION, token)
    if key is None:
        return htmx.page("people/link_gone.html", status=404)
    form = WelcomeForm(name=key.person.name)
    if form.validate_on_submit():
        try:
            access.sign_in(actions.accept(key, form.name.data, form.password.data))
            return htmx.go(url_for("home.front"), _("Welcome, %(name)s.", name=key.person.first_name))
        except Refused as problem:
            form.password.errors = [said(problem)]
    return htmx.page("people/welcome.html", form=form, person=key.person, status=422 if form.errors else 200)


@people.post("/sign-out")
@open_to(ANYONE)
def sign_out():
    access.sign_out()
    return htmx.go(url_for("home.front"), _("You are signed out."))


@people.route("/set-up/<token>", methods=["GET", "POST"])
@open_to(ANYONE)
def set_up(token: str):
    """The first coordinator names the school and makes their own account. Opens once."""
    key = actions.find_key(KeyKind.SET_UP, token)
    if key is None or School.here() is not None:
        abort(404)
    form = SetUpForm()
    if form.validate_on_submit():
        problem = rules.password_problem(form.password.data, form.name.data, form.email.data, form.school.data)
        if problem:
            form.password.errors = [said(Refused(problem))]
        else:
            access.sign_in(begin_board(form, key))
            return htmx.go(url_for("home.front"), _("Your board is ready. Next: invite a teacher and an employer."))
    return htmx.page("people/set_up.html", form=form, status=422 if form.errors else 200)


def begin_board(form: SetUpForm, key) -> Person:
    hashed = actions.hasher.hash(form.password.data)
    with database.atomic():
        actions.use_key(key)
        school_actions.found(form.school.data, form.state.data, form.time_zone.data, form.minimum_age.data)
        person = Person.create(role=Role.COORDINATOR, name=form.name.data, email=form.email.data, password_hash=hashed)
        record(person, "set_up", person, "active", at=now())
    return person
