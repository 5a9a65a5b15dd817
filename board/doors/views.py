"""Signing in by a link in a mail, and the links that open one thing."""

from flask import Blueprint, g, redirect, request, session, url_for
from flask_babel import gettext as _

from board import access, htmx
from board.access import ANYONE, open_to, safe_next, who
from board.db import database
from board.doors import scopes
from board.doors.asking import asker, mark
from board.doors.forms import AddressForm
from board.drawing import said
from board.employers.rules import SHUT_OUT
from board.moves import Refused
from board.people import links, narrow
from board.people.model import MailLink, MailLinkKind, Person

doors = Blueprint("doors", __name__)


@doors.after_request
def keep_nothing(response):
    """Tokens stand in these addresses."""
    response.headers["Cache-Control"] = "no-store"
    return response


@doors.route("/sign-in/link", methods=["GET", "POST"])
@open_to(ANYONE)
def ask():
    """A letter with a link to sign in. The answer is the same whether the address has an account or not."""
    back = request.args.get("next")
    if who() and request.method == "GET" and not request.args.get("sent"):
        return redirect(safe_next(back), 303)
    form = AddressForm(email=g.narrow.email if "narrow" in g and request.method == "GET" else None)
    if request.method == "POST" and form.validate():
        return mail_link(form, back)
    sent_to = session.get("asked_for") if request.args.get("sent") and request.method == "GET" else None
    return htmx.page(
        "doors/ask.html", status=422 if form.errors else 200, form=form, sent_to=sent_to, back=back,
        minutes=minutes(), scope=scope_words(g.narrow) if "narrow" in g else "",
    )  # fmt: skip


def mail_link(form: AddressForm, back: str | None):
    try:
        links.ask_to_sign_in(form.email.data, asker(), safe_next(back) if back else "")
    except links.TooOften as problem:
        form.email.errors = [said(problem)]
        return htmx.page("doors/ask.html", status=429, form=form, sent_to=None, back=back, minutes=minutes())
    session["asked_for"] = form.email.data
    return htmx.go(url_for("doors.ask", sent=1, next=back))


def minutes() -> int:
    return int(links.LASTS[MailLinkKind.SIGN_IN].total_seconds() // 60)


def scope_words(person: Person) -> str:
    return _(scopes.NAMES[person.session.scope.split()[0]])


@doors.route("/in/<token>", methods=["GET", "POST"])
@open_to(ANYONE)
def come_in(token: str):
    """A sign-in link: looking at it uses nothing up; its button signs in."""
    link = links.find(MailLinkKind.SIGN_IN, token)
    if link is None or links.gone(link) or not links.may_sign_in_by_mail(link.person):
        return no_way(link)
    if request.method == "POST":
        try:
            with database.atomic():
                links.use(link)
        except Refused:
            return no_way(links.find(MailLinkKind.SIGN_IN, token))
        access.sign_in(link.person)
        return htmx.go(safe_next(link.next), _("You are signed in, %(name)s.", name=link.person.first_name))
    return htmx.page("doors/come_in.html", link=link, person=link.person, here=links.is_from(link, mark()))


def no_way(link: MailLink | None):
    """A link that does not open: what became of it, and the next step."""
    why = (links.gone(link) or "closed") if link else "unknown"
    return htmx.page(
        "doors/gone.html", status=410 if link else 404, why=why, link=link, form=AddressForm(formdata=None),
        confirming=link is not None and link.kind == MailLinkKind.CONFIRM, minutes=minutes(),
    )  # fmt: skip


@doors.route("/m/<token>", methods=["GET", "POST"])
@open_to(ANYONE)
def act(token: str):
    """A link to one thing at hand. Its button opens that and nothing else; who is signed in anyway goes straight on."""
    found = narrow.read(token)
    if found is None:
        return no_way_to_act()
    person, path = found
    if person.employer.state in SHUT_OUT:
        return no_way_to_act("shut")
    scope = scopes.scope_of(path)
    me = who()
    if me and me.id == person.id:
        return redirect(safe_next(path), 303)
    if "narrow" in g and g.narrow.id == person.id and g.narrow.session.scope == scope:  # the same mail, once more
        return redirect(safe_next(path), 303)
    if not scope:  # what it was about is gone, or only a whole sign-in opens it
        return redirect(url_for("doors.ask", next=path), 303)
    if request.method == "POST":
        access.sign_in(person, scope)
        return htmx.go(safe_next(path))
    return htmx.page("doors/act.html", person=person, what=_(scopes.NAMES[scope.split()[0]]), other=me)


def no_way_to_act(why: str = "late"):
    return htmx.page(
        "doors/gone.html", status=404, why=why, link=None, form=AddressForm(formdata=None), confirming=False,
        minutes=minutes(),
    )  # fmt: skip
