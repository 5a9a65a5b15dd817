"""Words and posters about what is open, for teachers to hand to families; English and Spanish, whoever asks."""

from datetime import timedelta

from flask import Blueprint, current_app, g, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup
from peewee import fn

from board import htmx
from board.access import open_to, school, who
from board.db import now
from board.employers.model import Employer
from board.people.model import LANGUAGES, Role
from board.postings import share_words
from board.postings.model import Posting
from board.postings.share_words import REMIND, Several, Words
from board.postings.views import load
from board.school.model import Field, today

sharing = Blueprint("sharing", __name__)

NAMED = 6  # projects that the words name
NEW = timedelta(days=7)


@sharing.before_request
def mark_section():
    g.section = "projects"


# -- one project


@sharing.get("/projects/<int:posting_id>/share")
@open_to(Role.TEACHER)
def posting(posting_id: int):
    found = load(posting_id)
    if not found.is_live:
        return nothing_to_share(found)
    link = absolute(f"/projects/{found.id}")
    words = in_each(lambda: share_words.of_posting(found, link, school()))
    return htmx.page("sharing/posting.html", posting=found, words=words, link=link, most=REMIND)


@sharing.get("/projects/<int:posting_id>/poster")
@open_to(Role.TEACHER)
def poster_of(posting_id: int):
    found = load(posting_id)
    if not found.is_live:
        return nothing_to_share(found)
    link = absolute(f"/projects/{found.id}")
    return poster_page("sharing/_poster_posting.html", "sharing.posting", posting=found, link=link, posting_id=found.id)


def nothing_to_share(found: Posting):
    words = _("Students do not find this project at the moment, so there is nothing to share.")
    return htmx.go(url_for("postings.show", posting_id=found.id), words, "look")


# -- several


@sharing.get("/share")
@open_to(Role.TEACHER)
def board():
    """The whole board, one field (`field`), or what is new this week (`new`)."""
    some = asked_for()
    words = in_each(lambda: share_words.of_several(some, some.link, school())) if some.count else {}
    return htmx.page(
        "sharing/board.html", some=some, words=words, link=some.link, most=REMIND, fields=fields_with_projects(),
        heading=share_words.heading(some), asked=asked(some),
    )  # fmt: skip


@sharing.get("/share/poster")
@open_to(Role.TEACHER)
def poster():
    some = asked_for()
    return poster_page("sharing/_poster_several.html", "sharing.board", some=some, link=some.link, **asked(some))


def asked_for() -> Several:
    """The open projects that the address asks for, those of an unknown field being all of them."""
    field = Field.get_or_none(Field.slug == request.args.get("field"), ~Field.hidden)
    is_new = field is None and "new" in request.args
    found = open_now()
    if field:
        found = found.where(Posting.field == field)
    if is_new:
        found = found.where(Posting.opened_at >= now() - NEW)
    count, low, high = (
        found.select(fn.COUNT(Posting.id), fn.MIN(Posting.pay_cents), fn.MAX(Posting.pay_cents)).tuples().get()
    )
    newest = found.select(Posting, Employer).join(Employer).order_by(Posting.opened_at.desc(), Posting.id.desc())
    query = f"?field={field.slug}" if field else ("?sort=new" if is_new else "")
    return Several(
        field, is_new, count, list(newest.limit(NAMED)), (low, high) if low else None, absolute("/projects" + query)
    )


def open_now():
    """What students find now, of what this person may see."""
    return Posting.seen_by(who()).where(Posting.is_live_on(today()))


def asked(some: Several) -> dict:
    """The same request once more, for a link."""
    if some.field:
        return {"field": some.field.slug}
    return {"new": 1} if some.is_new else {}


def fields_with_projects() -> list[tuple[Field, int]]:
    counted = open_now().select(Posting.field, fn.COUNT(Posting.id).alias("count")).group_by(Posting.field)
    counts = dict(counted.tuples())
    return [(field, counts[field.id]) for field in Field.shown() if field.id in counts]


# -- in which words, and where to


def absolute(path: str) -> str:
    """The address that stands on paper and in other programs."""
    return current_app.config["SETTINGS"].base_url.rstrip("/") + path


def in_each(make) -> dict[str, Words]:
    """The words in every language of the board, whatever the reader's own."""
    said = {}
    for code in LANGUAGES:
        with force_locale(code):
            said[code] = make()
    return said


def poster_page(template: str, back: str, posting_id: int | None = None, **values):
    """A page that prints as one sheet, in the language that is asked for."""
    code = request.args.get("language")
    code = code if code in LANGUAGES else next(iter(LANGUAGES))
    some = values.get("some")
    query = {"posting_id": posting_id} if posting_id else asked(some)
    with force_locale(code):
        if some:
            values |= {"heading": share_words.heading(some), "price": share_words.price(some.pay)}
        sheet = Markup(render_template(template, **values, school_name=school().name))
    return htmx.page(
        "sharing/poster.html", sheet=sheet, code=code, back=url_for(back, **query),
        address=lambda language: url_for(request.endpoint, language=language, **query),
        name=values["posting"].title if posting_id else share_words.heading(some),
    )  # fmt: skip
