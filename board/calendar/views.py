"""The page on which somebody gets or ends the address of their calendar, and that address."""

from flask import Blueprint, Response, abort, current_app, url_for
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _

from board import htmx
from board.access import ANYONE, open_to, school, who
from board.audit import watch
from board.calendar import actions, ical
from board.calendar.days import days
from board.db import now
from board.mail import links
from board.people.model import Role

calendar = Blueprint("calendar", __name__)


@calendar.get("/account/calendar")
@open_to(*Role)
def own():
    return htmx.page("calendar/own.html", made=actions.of(who()), address="")


@calendar.post("/account/calendar")
@open_to(*Role)
def make():
    """The address is shown this once: only its hash is kept."""
    token = actions.make(who())
    address = current_app.config["SETTINGS"].base_url + url_for("calendar.feed", token=token)
    return htmx.page("calendar/own.html", made=actions.of(who()), address=address)


@calendar.post("/account/calendar/end")
@open_to(*Role)
def end():
    ended = actions.end(who())
    return htmx.go(url_for("calendar.own"), _("The address opens nothing any more.") if ended else "")


@calendar.get("/calendar/<token>.ics")
@open_to(ANYONE)
def feed(token: str):
    """For calendar programs, which sign in to nothing. It says what its owner may see today."""
    person = actions.whose(token)
    here = school()
    if person is None or here is None:
        abort(404)
    watch.is_of("person", person.id)
    with force_locale(person.language or get_locale()):
        found = days(person, here.today())
        name = f"{_('Projects')} · {here.name}"
    base_url = current_app.config["SETTINGS"].base_url
    words = ical.drawn(found, name, base_url, links.host(), now())
    response = Response(words, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = "inline; filename=board.ics"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
