"""How an employer begins: with a starter, with a copy of their own, or with nothing."""

from flask import abort, request, url_for

from board import htmx
from board.access import open_to, school, who
from board.forms import one_line
from board.people.model import Role
from board.postings import desk_edit, starter_actions, starters
from board.postings.desk import desk, own_postings
from board.postings.model import Posting, State
from board.postings.rules import SHUT_OUT
from board.postings.starters import Starter
from board.school.model import Field

OWN = 6  # the newest of one's own, to copy


@desk.route("/employer/postings/new", methods=["GET", "POST"])
@open_to(Role.EMPLOYER)
def new():
    """What there is to begin with, by field. POST is the empty page's, from before it had an address of its own."""
    if request.method == "POST":
        return desk_edit.blank()
    person, here = who(), school()
    offered = list(Starter.offered())
    fields = list({row.field_id: row.field for row in offered}.values())
    chosen = next((field for field in fields if field.slug == request.args.get("field")), None)
    q = one_line(request.args.get("q"))[:60]
    rows = [row for row in offered if (not chosen or row.field_id == chosen.id) and has_words(row, q)]
    return htmx.page(
        "postings/begin.html", "results", fields=fields, chosen=chosen, q=q, can_write=person.employer.state not in SHUT_OUT,
        rows=[(row, starters.fitting(row.values, here)) for row in rows], total=len(rows), employer=person.employer,
        own=mine_to_copy(person),
    )  # fmt: skip


def has_words(starter: Starter, q: str) -> bool:
    """Each word that was typed stands somewhere in it."""
    text = f"{starter.title} {starter.field.name} {starter.content}".casefold()
    return all(word in text for word in q.casefold().split())


def mine_to_copy(person) -> list[Posting]:
    own = own_postings(person).select(Posting, Field).left_outer_join(Field)
    own = own.where(Posting.state != State.DRAFT, Posting.title != "")
    return list(own.order_by(Posting.updated_at.desc(), Posting.id.desc()).limit(OWN))


@desk.post("/employer/postings/new/<slug>")
@open_to(Role.EMPLOYER)
def begin_with(slug: str):
    """A draft with everything a starter says; the editor opens where their own words are needed."""
    starter = Starter.named(slug) or abort(404)
    made = starter_actions.begin(starter, who(), school())
    return htmx.go(url_for("desk.edit", posting_id=made.id) + "#three-things")
