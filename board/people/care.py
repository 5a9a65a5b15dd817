"""What a coordinator does with one account, button by button; teachers give students new codes."""

from flask import Blueprint, current_app, request, url_for
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, who
from board.drawing import said
from board.moves import Refused
from board.people import accounts, rules
from board.people.model import Role
from board.people.roster import draw, find

care = Blueprint("care", __name__, url_prefix="/people/<int:number>")


def back(number: int, words: str, kind: str = "good"):
    return htmx.go(url_for("roster.person", number=number), words, kind)


@care.post("/link")
@open_to(Role.COORDINATOR)
def link(number: int):
    """A new one-time link, shown this once."""
    person = find(number)
    send = bool(request.form.get("send") and person.email)
    try:
        token = accounts.invite(person, who(), send)
    except accounts.TooManyInvitations as problem:
        return draw(person, status=422, problem=said(problem))
    return draw(
        person, form=None, link=link_of(token), lasts=rules.INVITATION_LASTS.days, mailed=send and mail_is_set()
    )  # fmt: skip


def link_of(token: str) -> str:
    """The address of an invitation as it is sent to somebody."""
    return current_app.config["SETTINGS"].base_url + url_for("people.welcome", token=token)


def mail_is_set() -> bool:
    """Whether letters leave this machine; without MAIL_URL they lie in its outbox."""
    return bool(current_app.config["SETTINGS"].mail_url)


@care.post("/code")
@open_to(Role.COORDINATOR)
def code(number: int):
    """A new sign-in code, shown this once."""
    person = find(number)
    return draw(person, form=None, code=accounts.give_code(person, who()), lasts=rules.CODE_LASTS.days)


@care.post("/role")
@open_to(Role.COORDINATOR)
def role(number: int):
    person = find(number)
    try:
        accounts.change_role(person, who(), request.form.get("role", ""))
    except Refused as problem:
        return draw(person, status=422, problem=said(problem))
    if person.id == who().id:
        return htmx.go(url_for("home.front"), _("You are a teacher now."))
    return back(number, _("%(name)s is now: %(role)s.", name=person.name, role=_(person.role_label)))


@care.post("/sign-out")
@open_to(Role.COORDINATOR)
def sign_out(number: int):
    person = find(number)
    accounts.end_sessions(person, who())
    return back(number, _("%(name)s is signed out everywhere.", name=person.name))


@care.post("/close")
@open_to(Role.COORDINATOR)
def close(number: int):
    person = find(number)
    try:
        accounts.end_account(person, who())
    except Refused as problem:
        return draw(person, status=422, problem=said(problem))
    return back(number, _("The account of %(name)s is closed.", name=person.name))


@care.post("/reopen")
@open_to(Role.COORDINATOR)
def reopen(number: int):
    person = find(number)
    accounts.reopen_account(person, who())
    return back(number, _("The account of %(name)s is open again.", name=person.name))
