"""The employer's desk: all of one's postings, their moves, a preview, and "is this a micro-internship?"."""

from flask import Blueprint, abort, g, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from peewee import fn

from board import htmx
from board.access import READER, open_to, who
from board.applications.model import WAITING, Application
from board.applications.model import State as ApplicationState
from board.drawing import said
from board.employers.rules import STANDING
from board.moves import Refused
from board.moves import open_to as moves_open_to
from board.people.model import Person, Role
from board.postings import actions, fit_questions, revisions, texts
from board.postings.forms import HourlyForm
from board.postings.hands import DONE
from board.postings.model import APPROVED, Posting, Revision, RevisionState, State
from board.postings.rules import MOVES, SHUT_OUT, NotReady, may_write
from board.postings.views import body
from board.school.model import Field

desk = Blueprint("desk", __name__)

CLOSED_A_PAGE = 20
GROUPS = (
    ("changes", _l("Changes asked for"), (State.CHANGES_REQUESTED,)),
    ("expired", _l("Past the last day to apply"), ()),
    ("drafts", _l("Drafts"), (State.DRAFT,)),
    ("waiting", _l("With the school"), (State.SUBMITTED,)),
    ("open", _l("On the board"), (State.OPEN, State.FILLED)),
    ("paused", _l("Paused"), (State.PAUSED,)),
    ("closed", _l("Closed and declined"), DONE),
)


def group_of(posting: Posting) -> str:
    """Where the list of one's postings shows it."""
    return "expired" if posting.is_expired else next(name for name, _label, states in GROUPS if posting.state in states)


@desk.before_request
def mark_section():
    g.section = "desk"


def own_postings(person: Person):
    """Everything this person's organization has written."""
    return Posting.seen_by(person).where(Posting.employer == person.employer_id)


def load(posting_id: int) -> Posting:
    """One of one's own postings, or 404."""
    person = who()
    posting = own_postings(person).where(Posting.id == posting_id).first()
    if posting is None:
        abort(404)
    posting.employer = person.employer
    return posting


# -- all of them


@desk.get("/employer/postings")
@open_to(Role.EMPLOYER)
def mine():
    person = who()
    page = max(1, min(request.args.get("page", 1, type=int), 10_000))
    rows = own_postings(person).select(Posting, Field).left_outer_join(Field).order_by(Posting.updated_at.desc(), Posting.id.desc())  # fmt: skip
    closed = own_postings(person).where(Posting.state.in_(DONE)).count()
    found = [
        *rows.where(Posting.state.not_in(DONE)),
        *rows.where(Posting.state.in_(DONE)).paginate(page, CLOSED_A_PAGE),
    ]
    for posting in found:
        posting.employer = person.employer
    ids = [posting.id for posting in found]
    groups = [(key, label, [row for row in found if group_of(row) == key]) for key, label, _states in GROUPS]
    return htmx.page(
        "postings/mine.html", groups=groups, employer=person.employer, total=len(found), closed=closed, number=page,
        pages=-(-closed // CLOSED_A_PAGE), applicants=waiting_for(ids), changes=changes_of(ids),
        moves_of=lambda posting: [move for move in moves_open_to(MOVES, person, posting) if move.name != "submit"],
        may_write=lambda posting: may_write(person, posting), next_step=next_step,
        can_write=person.employer.state not in SHUT_OUT, standing=STANDING[person.employer.state],
        closed_page=lambda number: url_for("desk.mine", page=number) + "#closed",
    )  # fmt: skip


def waiting_for(ids: list[int]) -> dict[int, int]:
    """How many applicants wait for an answer, by posting."""
    count = Application.select(Application.posting, fn.COUNT(Application.id))
    return dict(
        count.where(Application.posting.in_(ids), Application.state.in_(WAITING), Application.is_shown())
        .group_by(Application.posting)
        .tuples()
    )


def changes_of(ids: list[int]) -> dict[int, str]:
    """The state of the newest change to each approved posting, where it waits or came back."""
    newest = Revision.select(fn.MAX(Revision.id)).where(Revision.posting.in_(ids)).group_by(Revision.posting)
    query = Revision.select(Revision.posting, Revision.state).join(Posting)
    query = query.where(Revision.id.in_(newest), Posting.state.in_(APPROVED))
    unsettled = (RevisionState.PROPOSED, RevisionState.RETURNED)
    return {posting: state for posting, state in query.tuples() if state in unsettled}


def next_step(posting: Posting, waiting: int = 0, change: str = "") -> str:
    """What is next, in one sentence for its employer."""
    if posting.state == State.SUBMITTED and not posting.employer.is_verified:
        return _("It waits until the school has checked your organization.")
    if posting.held_at and posting.state == State.PAUSED:
        return _("The school has taken it off the board for now. See its page.")
    if change == RevisionState.RETURNED:
        return _("A teacher returned your change. The text approved before stays.")
    if waiting and posting.is_expired:
        return _("Nobody else can apply. Applicants wait for your answer.")
    if posting.is_expired:
        return _("The last day to apply has passed. Set a later one, or close it.")
    if waiting:
        return _("Applicants wait for your answer.")
    if change == RevisionState.PROPOSED:
        return _("A teacher reads your change. The text approved before stays meanwhile.")
    return {
        State.DRAFT: _("Finish it and send it to the school."),
        State.CHANGES_REQUESTED: _("Read what the teacher asks, change it, and send it again."),
        State.SUBMITTED: _("A teacher reads it. You get a notice when it is decided."),
        State.OPEN: _("Students can find it and apply."),
        State.PAUSED: _("Students can't see it. Reopen it when you are ready."),
        State.FILLED: _("All the places are taken."),
        State.DECLINED: _("Read the reason. A copy can be changed and sent."),
        State.CLOSED: _("Copy it to offer it again."),
    }[State(posting.state)]


# -- one of them


@desk.get("/employer/postings/<int:posting_id>/preview")
@open_to(Role.EMPLOYER)
def preview(posting_id: int):
    posting = load(posting_id)
    return htmx.page(
        "postings/preview.html",
        posting=posting,
        can_send=MOVES["submit"].allows(who(), posting),
        mine=(),
        **body(posting),
    )


@desk.get("/employer/postings/<int:posting_id>/close")
@open_to(Role.EMPLOYER)
def ask_close(posting_id: int):
    """Closing answers everybody who applied: said before it is done."""
    posting = load(posting_id)
    if not MOVES["close"].allows(who(), posting):
        return htmx.go(url_for("desk.edit", posting_id=posting_id))
    count = Application.select(Application.state, fn.COUNT(Application.id))
    count = count.where(Application.posting == posting, Application.is_shown())
    states = dict(count.group_by(Application.state).tuples())
    return htmx.page(
        "postings/ask_close.html", posting=posting, waiting=sum(states.get(state, 0) for state in WAITING),
        offered=states.get(ApplicationState.OFFERED, 0), accepted=states.get(ApplicationState.ACCEPTED, 0),
    )  # fmt: skip


@desk.get("/employer/postings/<int:posting_id>/delete")
@open_to(Role.EMPLOYER)
def ask_delete(posting_id: int):
    posting = load(posting_id)
    if posting.state != State.DRAFT or posting.opened_at:
        return htmx.go(url_for("desk.edit", posting_id=posting_id))
    return htmx.page("postings/ask_delete.html", posting=posting)


@desk.post("/employer/postings/<int:posting_id>/<name>")
@open_to(Role.EMPLOYER)
def move(posting_id: int, name: str):
    """Everything that is done to a posting but writing it. Where a rule says no, its page says why."""
    posting, person = load(posting_id), who()
    here, all_of_them = url_for("desk.edit", posting_id=posting.id), url_for("desk.mine")
    if name not in DONE_WORDS:
        abort(404)
    try:
        if name == "copy":
            made = actions.copy(posting, person)
            return htmx.go(url_for("desk.edit", posting_id=made.id), _("A new draft with the old text. Give it dates."))
        if name == "delete":
            actions.delete_draft(posting, person)
        elif name == "comment":
            actions.comment(posting, person, request.form.get("words", "")[:COMMENT])
        elif name == "take_back_change":
            waiting = texts.proposed_for(posting)
            if waiting is None:
                raise Refused(_l("A teacher got to it first: this change is no longer waiting."))
            revisions.take_back_revision(waiting, person)
        else:
            getattr(actions, name)(posting, person)
    except NotReady as problem:
        from board.postings.desk_edit import show_problems

        return show_problems(posting, problem)
    except Refused as problem:
        return htmx.go(here, said(problem), "stop")
    words = str(DONE_WORDS[name])
    if name == "submit":
        return htmx.go(all_of_them, sent_words(posting))
    if name == "comment":
        return htmx.go(here + "#talk", words)
    return htmx.go(all_of_them if name == "delete" else back(all_of_them, here), words)


COMMENT = 4000  # characters
DONE_WORDS = {
    "submit": "",
    "take_back": _l("It is a draft again: change it and send it when you like."),
    "pause": _l("Paused. Students can't see it until you reopen it."),
    "resume": _l("It is on the board again."),
    "close": _l("Closed. Everybody who was waiting has an answer."),
    "copy": "",
    "delete": _l("The draft is gone."),
    "comment": _l("Your message is with the school."),
    "take_back_change": _l("Your change is taken back. The approved text stays as it is."),
}


def back(*places: str) -> str:
    """To the page the button stood on: the list, or the posting itself."""
    return places[0] if request.form.get("from") == "list" else places[-1]


def sent_words(posting: Posting) -> str:
    if posting.employer.is_verified:
        return _("Sent. A teacher reads it, and you get a notice when it is decided.")
    return _("Sent. It waits until the school has checked your organization; then a teacher reads it.")


# -- small answers


@desk.get("/employer/postings/hourly")
@open_to(Role.EMPLOYER)
def hourly():
    """What the pay works out to an hour, as it is typed."""
    form = HourlyForm(formdata=request.args)
    form.validate()
    return htmx.piece("postings/_hourly.html", pay_cents=form.pay_cents.data, hours=form.hours.data)


@desk.post("/employer/markdown")
@open_to(Role.EMPLOYER)
def markdown():
    """How Markdown will look, while it is written."""
    words = request.form.get("description") or request.form.get("about") or ""
    return htmx.piece("postings/_markdown.html", words=words[:15000].encode("utf-8", "ignore").decode())


@desk.get("/employer/postings/fit")
@open_to(READER)
def fit():
    """Four questions, and a kind answer."""
    answers = {key: request.args.get(key) for key in fit_questions.QUESTIONS}
    asked = any(answers.values())
    missing = [key for key, answer in answers.items() if answer not in ("yes", "no")] if asked else []
    return htmx.page(
        "postings/fit.html", status=422 if missing else 200, questions=fit_questions.QUESTIONS, answers=answers,
        missing=missing, advice=[] if missing or not asked else fit_questions.advice(answers), asked=asked and not missing,
    )  # fmt: skip
