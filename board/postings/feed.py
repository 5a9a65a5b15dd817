"""A search as an Atom feed (RFC 4287): what came last, in so many words as a card has. Never where or with whom.

Feed readers can't sign in, so pages name the feed only on a board that is open to everybody.
"""

import re
import uuid
from datetime import datetime
from xml.etree import ElementTree

from flask import abort, make_response, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from board.access import READER, open_to, school, who
from board.people.model import Person
from board.postings.finding import address
from board.postings.model import Posting, is_open_to
from board.postings.views import postings
from board.search import query
from board.search.criteria import Criteria

MOST = 50  # entries, newest first
ATOM = "http://www.w3.org/2005/Atom"
NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


@postings.app_template_global("feed_of")
def feed_of(criteria: Criteria) -> str:
    """The feed of a search, whatever its order and page."""
    return url_for("postings.feed") + criteria.query_string(sort="best")


@postings.get("/projects.atom")
@open_to(READER)
def feed():
    """The same parameters as the page, and the same readers. Asked again, only what has changed is sent."""
    person = who()
    if person and person.is_employer and not is_open_to(person.employer):
        abort(403)
    criteria = Criteria.of(request.args.to_dict(flat=False)).but(sort="new")
    found = newest(criteria if person else criteria.but(may=False), person)
    times = times_of([posting.id for posting in found])
    changed = max((updated for _, updated in times.values()), default=school().created_at)
    answer = make_response(ElementTree.tostring(drawn(criteria, found, times, changed), "utf-8", xml_declaration=True))
    answer.content_type = "application/atom+xml; charset=utf-8"
    answer.vary.add("Accept-Language")
    answer.add_etag()  # no Last-Modified: a project that is withdrawn makes nothing newer
    return answer.make_conditional(request)


def newest(criteria: Criteria, person: Person | None) -> list[Posting]:
    """The newest that hold all that is asked for."""
    found: list[Posting] = []
    for page in range(1, -(-MOST // query.PAGE) + 1):
        answer = query.find(criteria.but(page=page), person)
        whole = answer.complete - (page - 1) * query.PAGE  # those after hold only some of the words
        found += answer.postings[: max(0, whole)]
        if whole <= query.PAGE:
            break
    return found[:MOST]


def times_of(ids: list[int]) -> dict[int, tuple[datetime, datetime]]:
    """When each was opened and when it last changed, by id."""
    rows = Posting.select(Posting.id, Posting.opened_at, Posting.updated_at).where(Posting.id.in_(ids)).tuples()
    return {number: (opened, max(opened, updated)) for number, opened, updated in rows}


def drawn(criteria: Criteria, found: list[Posting], times: dict, changed: datetime) -> ElementTree.Element:
    """The feed and its entries. ElementTree escapes; what XML can't hold is left out."""
    feed = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": get_locale().language})
    page = address(criteria.but(sort="best"))
    name = f"“{criteria.q}” · {_('Projects')}" if criteria.q else _("Projects")
    add(feed, "id", urn(page))
    add(feed, "title", f"{name} · {school().name}")
    add(feed, "updated", stamp(changed))
    add(add(feed, "author"), "name", school().name)
    add(feed, "link", rel="self", type="application/atom+xml", href=absolute(feed_of(criteria)))
    add(feed, "link", rel="alternate", type="text/html", href=absolute(page))
    for posting in found:
        if posting.id not in times:
            continue  # gone since it was found
        opened, updated = times[posting.id]
        where = url_for("postings.show", posting_id=posting.id)
        entry = add(feed, "entry")
        add(entry, "id", urn(where))
        add(entry, "title", posting.title, type="text")
        add(entry, "link", rel="alternate", type="text/html", href=absolute(where))
        add(entry, "published", stamp(opened))
        add(entry, "updated", stamp(updated))
        add(add(entry, "author"), "name", posting.employer.name)
        if posting.field_id:
            add(entry, "category", term=posting.field.slug, label=posting.field.name)
        add(entry, "summary", posting.summary, type="text")
    return feed


def add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    plain = {key: NO_XML.sub("", value) for key, value in attributes.items()}
    made = ElementTree.SubElement(parent, name, plain)
    made.text = NO_XML.sub("", text) or None
    return made


def absolute(path: str) -> str:
    return request.host_url.rstrip("/") + path


def urn(path: str) -> str:
    """An id that stays as long as the address does, whether it is asked for over http or https."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"//{request.host}{path}").urn


def stamp(moment: datetime) -> str:
    return f"{moment.isoformat()}Z"
