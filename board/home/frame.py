"""The header and the footer of every page, `parts/shell.html`, drawn once for all who see the same.

A drawing is made of its key alone: what it is kept under is all that the template is given. What is one reader's own
(their name, their organization's, their token, the page they are on) is put into a copy afterwards.
"""

import secrets
from functools import cache
from types import SimpleNamespace
from typing import NamedTuple

from flask import current_app, get_flashed_messages, request, url_for
from markupsafe import Markup, escape

from board.access import school, who
from board.doors import scopes
from board.drawing import nav_section
from board.employers.model import Employer
from board.home.waiting import waiting
from board.kept import Kept
from board.people.model import Person
from board.phrases import language
from board.reports.line import contact
from board.security import csrf_token

MOST_KEPT = 500  # of some two thousand characters
kept: Kept[str] = Kept(MOST_KEPT)
NAME, ORGANIZATION, TOKEN, HERE, SAY = (
    f"{word}-{secrets.token_hex(16)}" for word in ("name", "at", "token", "here", "say")
)


class Seen(NamedTuple):
    """All that a header says of its reader and of where they are, but names."""

    role: str | None  # None: nobody is signed in
    grade: int | None
    is_narrow: bool  # came by a link in a mail, which does not open the rest
    counts: tuple[tuple[str, int], ...]
    section: str
    school: str | None
    is_open: bool
    language: str
    root: str  # of the addresses

    def reader(self) -> Person | None:
        """Somebody like the reader, of whom nothing else is known."""
        if self.role is None:
            return None
        person = Person(role=self.role, name=NAME, grade=self.grade)
        person.employer = Employer(id=0, name=ORGANIZATION)
        person.session = SimpleNamespace(scope=self.is_narrow)
        return person


@cache
def assets() -> Markup:
    """What every page loads: the same for everybody as long as the process lives."""
    return Markup(current_app.jinja_env.get_template("parts/assets.html").render().strip())


def site_header() -> Markup:
    person, here = who(), school()
    seen = Seen(
        person and person.role, person and person.grade, bool(person and person.session.scope), tuple(waiting().items()),
        nav_section(), here and here.name, bool(here and here.open_to_visitors), language(), request.root_path,
    )  # fmt: skip
    html = kept.get(seen) or kept.put(seen, draw("site_header", me=seen.reader(), waiting=dict(seen.counts)))
    if person:
        html = html.replace(TOKEN, csrf_token()).replace(NAME, escape(person.name))
        if person.is_employer:
            html = html.replace(ORGANIZATION, escape(person.employer.name))
    return Markup(html)


def site_footer() -> Markup:
    here, person = school(), who()
    safety = contact() if here else None
    key = here and here.name, language(), request.root_path, safety, person is not None
    html = kept.get(key) or kept.put(key, draw("site_footer", here=HERE, safety=safety, say=SAY if person else ""))
    address = request.full_path.rstrip("?") if request.method == "GET" else url_for("home.front")
    html = html.replace(TOKEN, csrf_token()).replace(HERE, escape(address))
    return Markup(html.replace(SAY, escape(say_address(person))) if person else html)


def say_address(person: Person) -> str:
    """Where this reader says that something felt wrong; by a link in a mail, of the one thing it opens."""
    if not person.session.scope:
        return url_for("reports.mine")
    about, number = scopes.report_of(person.session.scope)
    return url_for("reports.new", about=about, number=number)


def draw(macro: str, **values) -> str:
    template = current_app.jinja_env.get_template("parts/shell.html")
    return str(getattr(template.make_module({"csrf_token": lambda: TOKEN, **values}), macro)())


def flashes() -> Markup:
    """What was said when the last page was left; mostly nothing."""
    said = get_flashed_messages()
    return current_app.jinja_env.get_template("parts/shell.html").module.flashes() if said else Markup("")
