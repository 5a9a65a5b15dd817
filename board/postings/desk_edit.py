"""The editor: a draft is written and kept, an approved posting is changed through the same page."""

from flask import abort, request, url_for
from flask_babel import format_time, get_locale
from flask_babel import gettext as _
from peewee import JOIN

from board import htmx
from board.access import open_to, school, who
from board.applications.actions import seats_taken
from board.db import now
from board.doors.letters import letter_again
from board.drawing import local, said
from board.employers.model import Supervisor
from board.moves import Refused, Step
from board.moves import open_to as moves_open_to
from board.people.model import Person, Role
from board.postings import actions, again, content, differences, history, keeping, live, revisions
from board.postings.desk import desk, load, next_step, sent_words, waiting_for
from board.postings.desk_hands import values_of
from board.postings.forms import CommentForm, PostingForm, fields_for
from board.postings.model import APPROVED, EDITABLE, Comment, Posting, Revision, RevisionState, Section, State
from board.postings.review_page import drawn_values, step_words
from board.postings.rules import MOVES, REQUIRED, REQUIRED_ON_SITE, SHUT_OUT, NotReady, Problem, may_write
from board.postings.views import body
from board.words import Said


@desk.route("/employer/postings/new/blank", methods=["GET", "POST"])
@open_to(Role.EMPLOYER)
def blank():
    """A draft begins when something is saved, not when the page is opened."""
    if request.method == "POST" and request.form.get("draft"):
        return edit(draft_id())  # the page has saved itself before
    person = who()
    form = PostingForm(school(), fields_for(None), start())
    if request.method == "GET":
        return show_new(form)
    form.validate()
    values = form.values(request.form)
    if not content.changed(start(), values):
        nothing = _("There is nothing to save yet. Begin with a title, or with what the student hands over.")
        return show_new(form, 422, words="" if form.all_errors() else nothing)
    posting = actions.begin(person.employer, person, values)
    posting.employer = person.employer
    return after_save(posting, form)


def start() -> dict:
    """What stands in an empty form."""
    return {"minimum_age": school().minimum_age, "seats": 1}


def draft_id() -> int:
    typed = request.form.get("draft", "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 16):
        abort(404)
    return int(typed)


@desk.route("/employer/postings/<int:posting_id>", methods=["GET", "POST"])
@open_to(Role.EMPLOYER)
def edit(posting_id: int):
    posting, person = load(posting_id), who()
    if request.method == "GET":
        return show(posting, form_for(posting) if can_change(posting) else None)
    form = PostingForm(school(), fields_for(posting))
    form.validate()
    values = form.values(request.form)
    if posting.state in APPROVED:
        return change(posting, form, values)
    try:
        actions.save_draft(posting, person, values)
    except Refused as problem:
        return show(posting, None, 409, said(problem))
    return after_save(load(posting_id), form)


@desk.post("/employer/postings/checks")
@open_to(Role.EMPLOYER)
def checks():
    """What the checks say of what is typed, before it is saved. Without script the page again, as it was typed."""
    person = who()
    posting = load(draft_id()) if request.form.get("draft") else None
    if posting and not can_change(posting):
        return show(posting, None, 409, _("This can't be changed as it stands."))
    form = PostingForm(school(), fields_for(posting), None if posting else start())
    form.validate()
    if request.htmx:
        found = live.of(form.values(request.form), person.employer, posting.id if posting else None)
        return htmx.piece("postings/_live_all.html", live=found, part_names=PARTS)
    words = _("Nothing is saved yet. What the checks say stands beside each part.")
    status = 422 if form.all_errors() else 200
    return show(posting, form, status, words) if posting else show_new(form, status, words)


@desk.post("/employer/postings/save")
@open_to(Role.EMPLOYER)
def save():
    """The page saves itself: answers what was kept and what could not be, and leaves the form alone."""
    person = who()
    posting = load(draft_id()) if request.form.get("draft") else None
    form = PostingForm(school(), fields_for(posting), None if posting else start())
    form.validate()
    values, made = form.values(request.form), posting is None
    try:
        if posting:
            actions.save_draft(posting, person, values)
        elif content.changed(start(), values):
            posting = actions.begin(person.employer, person, values)
    except Refused as problem:
        return htmx.piece("postings/_saved.html", status=409, words=said(problem))
    answer, status = htmx.piece(
        "postings/_saved.html", posting=posting, made=made, at=clock() if posting else "", errors=form.all_errors()
    )
    headers = {"HX-Replace-Url": url_for("desk.edit", posting_id=posting.id)} if posting and made else {}
    return answer, status, headers


def clock() -> str:
    """The time of day at the school: "3:05 PM"."""
    return format_time(local(now()), "h:mm a" if get_locale().language == "en" else "HH:mm", rebase=False)


def can_change(posting: Posting) -> bool:
    changeable = posting.state in (*EDITABLE, *APPROVED) and may_write(who(), posting)
    return changeable and not keeping.kept(posting).text


def form_for(posting: Posting) -> PostingForm:
    """The form as the posting stands; of an approved one with the change that waits or came back."""
    change = unsettled(posting)
    return PostingForm(school(), fields_for(posting), change.values if change else content.read(posting))


def unsettled(posting: Posting) -> Revision | None:
    """The newest change to an approved text, while it waits for a teacher or after one has returned it."""
    if posting.state not in APPROVED:
        return None
    newest = Revision.select().where(Revision.posting == posting).order_by(Revision.id.desc()).first()
    return newest if newest and newest.state in (RevisionState.PROPOSED, RevisionState.RETURNED) else None


# -- what the buttons do


def after_save(posting: Posting, form: PostingForm):
    """The draft is kept; then what was asked for: stay, look at it, or send it."""
    wanted = request.form.get("do", "save")
    if wanted == "send":
        return send(posting, form)
    if wanted == "again":
        return htmx.go(url_for("desk.edit", posting_id=posting.id) + "#confirm", *letter_again(who()))
    if wanted == "address":
        return htmx.go(url_for("doors.address", next=url_for("desk.edit", posting_id=posting.id)))
    if form.all_errors():
        return show(posting, form, 422, _("Everything else is saved."))
    if wanted == "preview":
        return htmx.go(url_for("desk.preview", posting_id=posting.id))
    return htmx.go(url_for("desk.edit", posting_id=posting.id), _("Your draft is saved."))


def send(posting: Posting, form: PostingForm):
    try:
        if form.all_errors():
            raise NotReady(actions.missing(posting))
        actions.submit(posting, who())
    except NotReady as problem:
        return show_problems(posting, problem, form)
    except actions.AddressFirst as problem:
        return show(posting, form, 422, _("Your draft is saved.") + " " + said(problem))
    return htmx.go(url_for("desk.mine"), sent_words(posting))


def show_problems(posting: Posting, problem: NotReady, form: PostingForm | None = None):
    """The page again, each problem at its field and in the summary."""
    form = form or PostingForm(school(), fields_for(posting), content.read(posting))
    wrong = {name for name, _label, _error in form.all_errors()}
    for one in problem.problems:
        if one.key not in wrong:
            say(form, one)
    return show(posting, form, 422, _("Your draft is saved. It can be sent once these are done."))


def say(form: PostingForm, problem: Problem) -> None:
    missing = problem.words in (REQUIRED.get(problem.key), REQUIRED_ON_SITE.get(problem.key))
    words = said(Said(problem.words, **problem.values))
    if problem.change:
        words += " " + said(Said(problem.change, **problem.values))
    form.say(problem.key, words, clear=missing)
    form.told.append(problem)


def change(posting: Posting, form: PostingForm, values: dict):
    """A change to what a teacher has approved."""
    here = url_for("desk.edit", posting_id=posting.id)
    if form.all_errors():
        return show(posting, form, 422)
    try:
        revision = revisions.propose(posting, who(), values, seats_taken(posting))
    except NotReady as problem:
        for one in problem.problems:
            say(form, one)
        return show(posting, form, 422)
    except Refused as problem:
        return show(posting, None, 409, said(problem))
    at_once = load(posting.id).version > posting.version  # fewer students, a later last day
    if revision and at_once:
        return htmx.go(here, _("The last day to apply or the number of students is changed. A teacher reads the rest."))
    if revision:
        return htmx.go(here, _("A teacher reads your change. Until then the approved text stays."))
    if at_once:
        return htmx.go(here, _("Changed. This needed no teacher."))
    return htmx.go(here, _("Nothing was changed."))


# -- drawing

PARTS = {str(section): section.label for section in Section}


def show_new(form: PostingForm, status: int = 200, words: str = ""):
    typed = form.values(request.form) if "title" in request.form else start()
    return htmx.page(
        "postings/edit.html", status=status, form=form, posting=None, employer=who().employer, notes={}, words=words,
        known_supervisors=supervisors(who()), revising=False, live=live.of(typed, who().employer),
        writable=who().employer.state not in SHUT_OUT, part_names=PARTS,
    )  # fmt: skip


def show(posting: Posting, form: PostingForm | None, status: int = 200, words: str = ""):
    """The posting's page: the form if it may be changed, else its text; with notes, talk, moves and history."""
    person = who()
    posting = load(posting.id)  # as it stands now
    comments = list(
        Comment.select(Comment, Person)
        .join(Person, JOIN.LEFT_OUTER)
        .where(Comment.posting == posting)
        .order_by(Comment.created_at, Comment.id)
    )
    change_now = unsettled(posting)
    waiting = waiting_for([posting.id]).get(posting.id, 0)
    steps, now = history.of(posting), content.read(posting)
    typed = now | (change_now.values if change_now else {})
    if form and "title" in request.form:
        typed |= form.values(request.form)
    return htmx.page(
        "postings/edit.html", status=status, form=form, posting=posting, employer=person.employer, words=words,
        notes=notes_of(posting, comments), comments=comments, comment_form=CommentForm(formdata=None), steps=steps,
        step_words=step_words, known_supervisors=supervisors(person), revising=posting.state in APPROVED,
        own_words=begun_with_starter(posting, steps),
        writable=may_write(person, posting), waiting=waiting, part_names=PARTS,
        next_step=next_step(posting, waiting, change_now.state if change_now else ""),
        pitched=any(step.facts.get("pitched") for step in steps),
        last_words=next((step for step in reversed(steps) if step.reason), None),
        look_again=again.found_in(posting), change=change_now, returned=returned_words(change_now),
        diff_rows=differences.between(now, change_now.values) if change_now else [],
        live=live.of(typed, posting.employer, posting.id, form.told) if form else None, **drawn_values(), **values_of(posting),
        moves=[move for move in moves_open_to(MOVES, person, posting) if move.name != "submit"],
        **({} if form else {"mine": ()} | body(posting)),
    )  # fmt: skip


def notes_of(posting: Posting, comments: list[Comment]) -> dict[str, list[Comment]]:
    """What the teacher asks to change, by section, since the posting was last sent."""
    if posting.state != State.CHANGES_REQUESTED:
        return {}
    notes: dict[str, list[Comment]] = {}
    for comment in comments:
        if comment.section and (not posting.submitted_at or comment.created_at >= posting.submitted_at):
            notes.setdefault(comment.section, []).append(comment)
    return notes


def begun_with_starter(posting: Posting, steps: list[Step]) -> bool:
    """A draft that still says what a starter says, until it is sent: its employer is told where to write."""
    return posting.state == State.DRAFT and bool(steps and steps[0].facts.get("starter")) and not posting.submitted_at


def returned_words(change: Revision | None) -> Step | None:
    if change is None or change.state != RevisionState.RETURNED:
        return None
    return Step.of(change).where(Step.move == "return").first()


def supervisors(person: Person) -> list[Supervisor]:
    """Whom this employer has named before."""
    return list(
        Supervisor.select().where(Supervisor.employer == person.employer_id).order_by(Supervisor.name).limit(50)
    )
