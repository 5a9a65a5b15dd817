"""An employer's applicants: "Student 3F2A", never a name. The pages are given `Shown`, not the application."""

from dataclasses import dataclass

from flask import Blueprint, abort, g, request, url_for
from flask_babel import gettext as _
from peewee import fn

from board import htmx
from board.access import open_to, who
from board.applications import actions
from board.applications.answering import answering
from board.applications.forms import NotSelectForm, OfferForm, TakeBackForm
from board.applications.model import WAITING, Application, State
from board.applications.rules import MOVES, OFFER_DEFAULT, decides_by, offer_window
from board.applications.shown import Shown, shown
from board.applications.story import story
from board.applications.views import with_match
from board.drawing import said
from board.moves import Refused, Step, TooLate
from board.people.model import Person, Role
from board.placements.naming import first_names
from board.postings.model import Posting
from board.school.model import today
from board.words import N_

applicants = Blueprint("applicants", __name__)

PAGE = 50  # rows
TABS = {
    "new": (N_("New"), (State.SUBMITTED,)),
    "shortlisted": (N_("Shortlisted"), (State.SHORTLISTED,)),
    "offered": (N_("Offered"), (State.OFFERED, State.ACCEPTED)),
    "answered": (N_("Answered"), (State.NOT_SELECTED, State.TURNED_DOWN, State.LAPSED, State.TAKEN_BACK, State.WITHDRAWN)),
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One line of a list."""

    shown: Shown
    posting: Posting


@applicants.get("/employer/applicants")
@open_to(Role.EMPLOYER)
def all():
    """Everybody who waits for an answer, over all postings; the nearest day to decide first."""
    g.section = "desk"
    waiting = with_grade(Application.seen_by(who())).where(Application.state.in_(WAITING))
    decide = fn.COALESCE(Posting.decide_by, Posting.apply_by, "9999-12-31")
    page, pages = pages_of(waiting.count())
    rows = rows_of(waiting.order_by(decide, Application.submitted_at, Application.id).paginate(page, PAGE))
    return htmx.page(
        "applicants/all.html", rows=rows, decides_by=decides_by, page=page, pages=pages,
        answering=answering(who().employer_id),
    )  # fmt: skip


@applicants.get("/employer/postings/<int:posting_id>/applicants")
@open_to(Role.EMPLOYER)
def of(posting_id: int):
    """The applicants of one posting, by where they stand."""
    g.section = "desk"
    own = Posting.select().where(Posting.id == posting_id, Posting.employer == who().employer_id)
    posting = own.first() or abort(404)
    everybody = Application.seen_by(who()).where(Application.posting == posting)
    by_state = dict(everybody.select(Application.state, fn.COUNT(Application.id)).group_by(Application.state).tuples())
    counts = {name: sum(by_state.get(state, 0) for state in states) for name, (_label, states) in TABS.items()}
    tab = request.args.get("state", "")
    if tab not in TABS:
        tab = next((name for name in TABS if counts[name]), "new")
    page, pages = pages_of(counts[tab])
    rows = rows_of(
        with_grade(everybody)
        .where(Application.state.in_(TABS[tab][1]))
        .order_by(Application.submitted_at, Application.id)
        .paginate(page, PAGE)
    )
    return htmx.page(
        "applicants/of.html", posting=posting, rows=rows, tabs=TABS, counts=counts, tab=tab, page=page, pages=pages,
        decides_by=decides_by, taken=actions.seats_taken(posting), total=sum(by_state.values()),
    )  # fmt: skip


def with_grade(query):
    """Applications with their posting and match, and of the student nothing but the grade."""
    return (
        with_match(query, Posting, Person.id, Person.grade)
        .join(Posting)
        .switch(Application)
        .join(Person, on=Application.student)
    )


def rows_of(query) -> list[Row]:
    rows = list(query)
    names = first_names([row.id for row in rows])
    return [Row(shown(row, whole=False, name=names.get(row.id, "")), row.posting) for row in rows]


def pages_of(total: int) -> tuple[int, int]:
    """The page asked for, within what there is, and how many there are."""
    pages = max(1, -(-total // PAGE))
    asked = request.args.get("page", "")
    number = int(asked[:6]) if asked.isascii() and asked.isdecimal() else 1
    return min(max(number, 1), pages), pages


@applicants.get("/employer/applicants/<int:application_id>")
@open_to(Role.EMPLOYER)
def show(application_id: int):
    return draw(load(application_id))


def load(application_id: int) -> Application:
    query = with_grade(Application.seen_by(who())).where(Application.id == application_id)
    return query.first() or abort(404)


def draw(application: Application, status: int = 200, problem: str = "", **forms):
    """One applicant, with the answers an employer may give now. `forms`: one that came back with errors."""
    g.section = "desk"
    first, last = offer_window(today())
    forms = {
        "offer": OfferForm(formdata=None, answer_by=today() + OFFER_DEFAULT),
        "not_select": NotSelectForm(formdata=None),
        "take_offer_back": TakeBackForm(formdata=None),
    } | forms  # fmt: skip
    name = first_names([application.id]).get(application.id, "")
    return htmx.page(
        "applicants/show.html", status=status, shown=shown(application, name=name), posting=application.posting,
        problem=problem, match=application.match, story=story(application, who(), name), forms=forms, first=first, last=last, decides_by=decides_by, State=State,
        open_moves=[name for name in MAKE if MOVES[name].allows(who(), application) and not application.posting.held_at],
        taken=actions.seats_taken(application.posting),
    )  # fmt: skip


@applicants.post("/employer/applicants/<int:application_id>/<move>")
@open_to(Role.EMPLOYER)
def make_move(application_id: int, move: str):
    """Each move has its small form; what is wrong is said there, with what was typed."""
    application, me = load(application_id) if move in MAKE else abort(404), who()
    forms = {"offer": OfferForm, "not_select": NotSelectForm, "take_offer_back": TakeBackForm}
    form = forms[move]() if move in forms else None
    if not MOVES[move].allows(me, application):  # it has moved on: no form to come back to
        moved = Step.of(application).where(Step.from_state != Step.to_state)
        last = moved.order_by(Step.id.desc()).first()
        return draw(application, 409, said(TooLate(last, application.state_label)))
    if form and not form.validate():
        return draw(application, 422, **{move: form})
    try:
        words = MAKE[move](application, me, form)
    except TooLate as late:
        return draw(load(application_id), 409, said(late))
    except Refused as problem:
        stands = load(application_id)
        if not form or stands.posting.held_at:  # no form stands there to come back to
            return draw(stands, 422, said(problem))
        field = form.answer_by if move == "offer" else form.words
        if move == "not_select" and not form.reason.data:
            field = form.reason
        field.errors = [said(problem)]
        return draw(stands, 422, **{move: form})
    return htmx.go(url_for("applicants.show", application_id=application_id), words)


def shortlist(application: Application, me: Person, form) -> str:
    actions.shortlist(application, me)
    return _("Student %(code)s is on your shortlist.", code=application.code)


def offer(application: Application, me: Person, form: OfferForm) -> str:
    if form.answer_by.data is None:
        raise Refused(N_("Give the day by which the student answers."))
    actions.offer(application, me, form.answer_by.data)
    return _("Student %(code)s has your offer.", code=application.code)


def not_select(application: Application, me: Person, form: NotSelectForm) -> str:
    actions.not_select(application, me, form.reason.data or "", form.words.data or "")
    return _("Student %(code)s has a kind answer.", code=application.code)


def take_offer_back(application: Application, me: Person, form: TakeBackForm) -> str:
    actions.take_offer_back(application, me, form.words.data or "")
    return _("The offer is taken back. The student has been told why.")


MAKE = {"shortlist": shortlist, "offer": offer, "not_select": not_select, "take_offer_back": take_offer_back}
