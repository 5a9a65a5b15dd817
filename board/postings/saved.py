"""What a student keeps: projects, and searches that tell of new ones. One page."""

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, who
from board.drawing import said
from board.moves import Refused
from board.people.model import Role
from board.postings import searches
from board.postings.finding import address
from board.postings.model import Saved, SavedSearch
from board.postings.naming import names_of
from board.postings.views import postings
from board.search import query
from board.search.criteria import Criteria


@postings.app_template_global("saved_search")
def is_saved(criteria: Criteria) -> bool:
    """Whether the student who reads keeps this search already."""
    return searches.keeps(criteria, who().id)


@postings.get("/saved")
@open_to(Role.STUDENT)
def saved():
    me = who()
    kept = Saved.select(Saved.posting).where(Saved.student == me)
    newest = [number for (number,) in kept.order_by(Saved.id.desc()).tuples()]
    live = query.load(newest, me)
    rows = list(SavedSearch.select().where(SavedSearch.student == me).order_by(SavedSearch.id.desc()))
    names, new = names_of(rows), searches.new_by_search(me)
    kept_searches = [
        {"id": row.id, "name": names[row.id], "new": new.get(row.id, 0), "count": searches.count(criteria, me)}
        for row in rows
        for criteria in [searches.criteria_of(row)]
    ]
    return htmx.page(
        "postings/saved.html", postings=live, gone=len(newest) - len(live), searches=kept_searches, most=searches.MOST,
    )  # fmt: skip


@postings.post("/saved/tidy")
@open_to(Role.STUDENT)
def tidy_saved():
    """Forget the saved projects that are no longer open."""
    kept = Saved.select(Saved.posting).where(Saved.student == who())
    live = query.load([number for (number,) in kept.tuples()], who())
    Saved.delete().where(Saved.student == who(), Saved.posting.not_in([posting.id for posting in live])).execute()
    return redirect(url_for("postings.saved"), 303)


@postings.post("/saved/searches")
@open_to(Role.STUDENT)
def save_search():
    """Keep the search that the form says, and go back to it; HTMX swaps the form alone."""
    criteria = Criteria.of(request.form.to_dict(flat=False))
    try:
        searches.save(criteria, who())
    except Refused as problem:
        if request.htmx:
            return htmx.piece("postings/_keep_search.html", status=409, criteria=criteria, problem=said(problem))
        return htmx.go(address(criteria), said(problem), "look")
    if request.htmx:
        return htmx.piece("postings/_keep_search.html", criteria=criteria, just_saved=True)
    return htmx.go(address(criteria), _("Saved. A notice tells you when a new project fits it."))


@postings.get("/saved/searches/<int:search_id>")
@open_to(Role.STUDENT)
def open_search(search_id: int):
    """To its results, the new ones first; none of it is new after that."""
    search = own(search_id)
    had_new = request.method == "GET" and searches.look(search)
    criteria = searches.criteria_of(search)
    return redirect(address(criteria, sort="new" if had_new and criteria.q else criteria.sort), 303)


@postings.post("/saved/searches/<int:search_id>/remove")
@open_to(Role.STUDENT)
def remove_search(search_id: int):
    searches.remove(own(search_id))
    return htmx.go(url_for("postings.saved"), _("The search is removed."))


def own(search_id: int) -> SavedSearch:
    mine = SavedSearch.select().where(SavedSearch.student == who())
    return mine.where(SavedSearch.id == search_id).first() or abort(404)
