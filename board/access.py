"""Who is looking, and who may open a route at all.

Every view says so with `@open_to(...)`; a route that says nothing answers 403. What a person may see of
what a route shows is another question, answered by `seen_by`.
"""

from functools import lru_cache

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from flask_login import AnonymousUserMixin, LoginManager, current_user, login_user, logout_user

from board.doors import scopes
from board.people import actions, sessions
from board.people.model import Person, Role
from board.school.model import School

ANYONE = "anyone"  # also on a closed board, signed in or not
READER = "reader"  # signed in, or anybody once the coordinator has opened the board
AUDIENCES = (ANYONE, READER, *Role)


def open_to(*audiences: str):
    """Declare who may open a route: ANYONE, READER or roles. A coordinator may do what a teacher may."""
    unknown = set(audiences) - set(AUDIENCES)
    if unknown or not audiences:
        raise ValueError(f"unknown audience: {unknown}")

    def mark(view):
        view.open_to = frozenset(audiences)
        return view

    return mark


def may_open(view, person: Person | None, board_is_open: bool) -> bool:
    audiences = getattr(view, "open_to", frozenset())
    if ANYONE in audiences:
        return True
    if person is None:
        return READER in audiences and board_is_open
    if READER in audiences or person.role in audiences:
        return True
    return person.role == Role.COORDINATOR and Role.TEACHER in audiences


class Visitor(AnonymousUserMixin):
    """Nobody signed in."""

    id = None


def who() -> Person | None:
    """The person signed in, or None: what `seen_by` and the moves take."""
    user = g.get("_login_user") or current_user._get_current_object()  # once known, without a walk through the proxy
    return user if user.is_authenticated else None


def school() -> School | None:
    """The school, asked once a request; None before set-up."""
    if "school" not in g:
        g.school = School.here()
    return g.school


def for_search_engines() -> None:
    """This page may be found by search engines: on an open board, as strangers read it. No other may; see security."""
    g.for_search_engines = who() is None and bool(school() and school().open_to_visitors)


def init_app(app: Flask) -> None:
    manager = LoginManager(app)
    manager.anonymous_user = Visitor
    manager.session_protection = None  # the sign-in row is the session; a new address is no crime at a school
    manager._session_identifier_generator = lambda: ""  # nor is it hashed for nothing

    @manager.user_loader
    def load(secret: str) -> Person | None:
        return sessions.find(secret)

    @app.before_request
    def guard():
        if request.endpoint == "static":
            return None
        person = whole_or_within_scope()
        if request.endpoint is None:
            return None
        view = current_app.view_functions[request.endpoint]
        if school() is None and request.endpoint not in ("people.set_up", "home.health", "home.front", "home.language"):
            return redirect(url_for("home.front"), 303)
        if may_open(view, person, bool(school() and school().open_to_visitors)):
            return None
        if person is not None or not getattr(view, "open_to", None):
            abort(403)
        return ask_to_sign_in()


def whole_or_within_scope() -> Person | None:
    """The person signed in. Who came by a link in a mail is nobody outside of what that link opens; `g.narrow` is
    then who they would be."""
    person = who()
    if person and person.session.scope:
        g.narrow = person
        if not scopes.allows(person.session.scope, request.endpoint, request.view_args, request.form):
            g._login_user = Visitor()
            return None
    return person


def ask_to_sign_in() -> Response:
    """To the sign-in page and back. HTMX gets a header, or the page would land inside a table cell."""
    back = request.full_path.rstrip("?") if request.method == "GET" and not request.htmx else ""
    address = url_for("doors.ask" if "narrow" in g else "people.sign_in", next=back or None)
    if request.htmx:
        return Response(status=204, headers={"HX-Redirect": address})
    return redirect(address, 303)


def safe_next(address: str | None) -> str:
    """`next`, if it stays on this site; else the front page. One slash, no backslash, no control characters."""
    address = address or ""
    odd = any(ord(character) < 33 or character == "\\" for character in address)
    if not address.startswith("/") or address.startswith("//") or odd:
        return url_for("home.front")
    return address


def sign_in(person: Person, scope: str = "") -> None:
    """Begin a new session for a person who has proved who they are. Whatever the old cookie held is gone, but the
    language and the mark that says where a letter was asked for. `scope`: what alone it opens."""
    kept = {key: session[key] for key in ("language", "browser") if session.get(key)}
    if session.get("_user_id"):
        sessions.end(session["_user_id"])
    session.clear()
    person.secret = actions.enter(person, browser_name(request.user_agent.string), scope, request.endpoint or "")
    login_user(person)
    session.update(kept)
    session.permanent = "browser" in kept


def sign_out() -> None:
    secret = session.get("_user_id")
    if secret:
        sessions.end(secret)
    logout_user()
    session.clear()


@lru_cache(maxsize=256)
def browser_name(agent: str) -> str:
    """A browser in words its owner knows: "Chrome on Windows"."""
    browsers = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("CrOS", "Chrome"), ("Chrome/", "Chrome"))
    browser = next((name for mark, name in browsers if mark in agent), "Safari" if "Safari/" in agent else "Browser")
    systems = (
        ("CrOS", "Chromebook"), ("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"),
        ("Android", "Android"), ("Mac OS", "Mac"), ("Linux", "Linux"),
    )  # fmt: skip
    system = next((name for mark, name in systems if mark in agent), "")
    return f"{browser} on {system}" if system else browser
