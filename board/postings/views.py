"""Projects, as students find them."""

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Blueprint, abort, g, make_response, redirect, request, url_for

from board import htmx
from board.access import READER, for_search_engines, open_to, safe_next, who
from board.people.model import Person, Role
from board.postings import actions, finding, spoken
from board.postings.cards import cards, drawn, saved_by, skills_of_person
from board.postings.content import read_skills
from board.postings.job_posting import job_posting
from board.postings.model import Posting, is_open_to
from board.postings.project import alike, milestones_of, narrowed, parts_of, questions_of, whole
from board.search import query
from board.search.criteria import Criteria
from board.search.facts import among
from board.search.related import related

postings = Blueprint("postings", __name__)

# what lies further on adds to a project's page: functions of (posting, person) that return values for the
# template, such as {"bar": why this student may not apply, "application": their own}
about_me: list[Callable[[Posting, Person], dict]] = []


@postings.app_template_global("cards")
def cards_for_reader(some):
    return drawn(cards(list(some), who()), who())


postings.add_app_template_global(finding.filter_words)
for said in (spoken.task, spoken.tasks, spoken.session, spoken.sessions):
    postings.add_app_template_filter(said, f"{said.__name__}_words")


@postings.get("/projects")
@open_to(READER)
def projects():
    person = who()
    if person and person.is_employer and not is_open_to(person.employer):
        return htmx.page("postings/not_yet.html")
    if not request.args:
        for_search_engines()
    found = query.find(Criteria.of(request.args.to_dict(flat=False)), person)
    answer = make_response(htmx.page("postings/list.html", "found", **finding.page_of(found, person)))
    if htmx.wants_piece():  # which skills are listed is no search of its own
        criteria = found.criteria
        pushed = "false" if criteria.like else finding.address(criteria, page=criteria.page)
        answer.headers["HX-Push-Url"] = pushed
    return answer


@postings.get("/projects/<int:posting_id>")
@postings.get("/projects/<int:posting_id>-<name>")
@open_to(READER)
def show(posting_id: int, name: str = ""):
    g.section = "projects"
    person = who()
    posting = load(posting_id)
    if posting.is_live:
        for_search_engines()
    about: dict = {}
    if person:
        for ask in about_me:
            about |= ask(posting, person)
    return htmx.page(
        "postings/show.html", posting=posting, saved=posting.id in saved_by(person, [posting.id]),
        parts=parts_of(posting, skills_of_person(person), person), alike=alike(related(posting, person)),
        job=job_posting(posting), **about,
    )  # fmt: skip


def load(posting_id: int) -> Posting:
    """One posting that this person may see, with its employer, field and supervisor; or 404."""
    person = who()
    if not among([posting_id], lambda: Posting.seen_by(person).select(Posting.id), ("sees", person and person.id)):
        abort(404)
    return whole.first(posting_id).for_reader(person)


def body(posting: Posting) -> dict:
    """What `postings/_project.html` draws beside the posting itself."""
    return {
        "skills": read_skills(posting),
        "milestones": milestones_of(posting.id),
        "questions": questions_of(posting.id),
        "lowest_age": narrowed(posting),
    }


@postings.post("/projects/<int:posting_id>/save")
@open_to(Role.STUDENT)
def save(posting_id: int):
    """Keep a project for later, or no longer."""
    student, posting = who(), load(posting_id)
    was_saved = posting.id in saved_by(student, [posting.id])
    (actions.unsave if was_saved else actions.save)(posting, student)
    if request.htmx:
        return htmx.piece("postings/_save.html", posting=posting, saved=not was_saved)
    return redirect(came_from() or url_for("postings.show", posting_id=posting.id), 303)


def came_from() -> str:
    """The page of this site that the button was on, or nothing."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return ""
    return safe_next(f"{parts.path}?{parts.query}" if parts.query else parts.path)
