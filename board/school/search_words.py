"""Search words: what means the same when somebody searches; for coordinators."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, who
from board.drawing import said
from board.forms import one_line
from board.moves import Refused
from board.people.model import Role
from board.school import synonyms
from board.school.forms import SynonymForm
from board.school.model import LONGEST_SYNONYM, Synonym
from board.school.views import find, proposed_count

search_words = Blueprint("search_words", __name__)

PAGE = 25  # groups; a phone shows some four at a time


@search_words.route("/settings/words", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def all():
    """The groups, by their first word; POST adds one."""
    form = SynonymForm()
    if form.validate_on_submit():
        try:
            made = synonyms.add(form.words.data, who())
            return htmx.go(address(q=made.terms[0]), _("“%(words)s” now find each other.", words=made.words))
        except Refused as problem:
            form.words.errors = [said(problem)]
    q = one_line(request.args.get("q"))[:LONGEST_SYNONYM]
    query = Synonym.select()
    if q:
        query = query.where(Synonym.words.contains(q))
    total = query.count()
    pages = max(1, -(-total // PAGE))
    page = min(number_of(request.args.get("page")) or 1, pages)
    rows = list(query.order_by(Synonym.words.collate("NOCASE"), Synonym.id).paginate(page, PAGE))
    return htmx.page(
        "school/words.html", "results", form=form, rows=rows, total=total, page=page, pages=pages, q=q, part="words",
        proposed=proposed_count(), removed=synonyms.removed(number_of(request.args.get("removed"))),
        status=422 if form.errors else 200,
        address=lambda to: address(q=q or None, page=to if to > 1 else None),
    )  # fmt: skip


def number_of(text: str | None) -> int:
    """A number from an address, or 0."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 9 else 0


def address(**values) -> str:
    return url_for("search_words.all", **values)


@search_words.route("/settings/words/<int:number>", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def one(number: int):
    """One group; POST changes it."""
    group = find(Synonym, number)
    form = SynonymForm(obj=group)
    if form.validate_on_submit():
        try:
            synonyms.change(group, form.words.data, who())
            return htmx.go(address(), _("“%(words)s” now find each other.", words=group.words))
        except Refused as problem:
            form.words.errors = [said(problem)]
    return htmx.page("school/word.html", group=group, form=form, status=422 if form.errors else 200)


@search_words.post("/settings/words/<int:number>/remove")
@open_to(Role.COORDINATOR)
def remove(number: int):
    group = find(Synonym, number)
    return htmx.go(address(removed=synonyms.remove(group, who()).id))
