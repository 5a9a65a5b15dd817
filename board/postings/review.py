"""The teacher's desk: what waits to be read, and the decision."""

from functools import partial

from flask import Blueprint, abort, g, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from peewee import JOIN

from board import htmx
from board.access import open_to, who
from board.db import database
from board.drawing import said
from board.employers.model import Employer
from board.moves import NotAllowed, Refused, TooLate
from board.people.model import Person, Role
from board.postings import (
    actions,
    again,
    checking,
    claims,
    decided,
    deciding,
    differences,
    own_fields,
    queue,
    revisions,
)
from board.postings.case import Case
from board.postings.model import Posting
from board.postings.review_agree import agree, waits_for_second, with_ready
from board.postings.review_forms import CommentForm, forms_for
from board.postings.review_page import draw, open_by_others, step_words, talk
from board.school.model import Field

review = Blueprint("review", __name__)


@review.before_request
def mark() -> None:
    g.section = "review"


@review.get("/review")
@open_to(Role.TEACHER)
def desk():
    number = request.args.get("page", 1, int)
    number = number if 1 <= number <= 10_000 else 1
    person = who()
    waiting, fields = queue.counts(), list(Field.select().order_by(Field.position, Field.name))
    by_field = [(field, waiting[field.id]) for field in fields if field.id in waiting]
    wanted = request.args.get("field", "")
    chosen = next((field for field, _count in by_field if field.slug == wanted), None)
    slug = chosen.slug if chosen else ""
    own = set(own_fields.of(person))
    yours = bool(own) and not slug and "all" not in request.args
    total, mine = sum(waiting.values()), queue.count(mine=person) if own else 0
    shown = dict(by_field)[chosen] if chosen else mine if yours else total
    every = 1 if own and not yours and not slug else None
    return htmx.page(
        "review/desk.html", block="waiting_list", rows=queue.page(person, number, slug, yours), by_field=by_field,
        chosen=chosen, total=total, mine=mine, yours=yours, own=own, shown=shown, decided=decided.lately(),
        look_again=again.hidden(), words=step_words, page=number, pages=-(-shown // queue.PER_PAGE), fields=[field for field in fields if not field.hidden],
        undoable=deciding.lately(person), unread=decided.passed_unread(), labels=differences.LABELS,
        address=lambda page: url_for("review.desk", field=slug or None, all=every, page=page),
    )  # fmt: skip


@review.get("/review/<int:number>")
@open_to(Role.TEACHER)
def show(number: int):
    posting = find(number)
    case = Case.of(posting)
    if case.waits and not queue.looked_lately(posting, who()):
        looked(posting)
    return draw(case)


def looked(posting: Posting) -> None:
    actions.look(posting, who())
    claims.keep(posting, who())


@review.get("/review/<int:number>/open")
@open_to(Role.TEACHER)
def viewers(number: int):
    """Who else has it open: asked again by the page every minute, which also keeps this reader's mark fresh."""
    posting = find(number)
    if not queue.looked_lately(posting, who()):
        looked(posting)
    return htmx.piece("review/_viewers.html", posting=posting, viewers=open_by_others(posting))


@review.post("/review/<int:number>/comment")
@open_to(Role.TEACHER)
def comment(number: int):
    posting = find(number)
    form = CommentForm()
    if not form.validate():
        if htmx.wants_piece():
            return talk(posting, form, 422)
        return draw(Case.of(posting), 422, comment_form=form)
    actions.comment(posting, who(), form.words.data)
    if htmx.wants_piece():
        return talk(posting, CommentForm(formdata=None))
    return htmx.go(url_for("review.show", number=posting.id) + "#talk", _("Your message is sent."))


@review.post("/review/<int:number>/<move>")
@open_to(Role.TEACHER)
def decide(number: int, move: str):
    posting = find(number)
    if move not in DECIDE:
        abort(404)
    case = Case.of(posting)
    since = case.since
    forms = forms_for(move, with_ready(request.form))
    form = forms.get(move)
    if form and not form.validate():
        return draw(case, 422, forms=forms, tried=move)
    try:
        with database.atomic():
            fresh = Case.of(find(number))
            if fresh.waits and request.form.get("seen", fresh.mark) != fresh.mark:
                raise TooLate(None)
            if move in deciding.MOVES_BACK and not waits_for_second(fresh, move):
                deciding.decide(fresh, move, who(), partial(DECIDE[move], fresh, who(), form))
            else:
                DECIDE[move](fresh, who(), form)
    except TooLate as late:
        return draw(Case.of(find(number)), 409, forms=forms, tried=move, late=late)
    except checking.NeedsReason as asks:
        return draw(Case.of(find(number)), 422, forms=forms, tried=move, refused=said(asks), asking=asks.results)
    except (Refused, NotAllowed) as refused:
        words = said(refused) if isinstance(refused, Refused) else _("This can't be done with it as it stands.")
        return draw(Case.of(find(number)), 422, forms=forms, tried=move, refused=words)
    return go_on(move, posting, since)


def go_on(move: str, posting: Posting, since):
    """Where a decision leads, with the words for what was done and what is left."""
    words = said_done(move, posting)
    if move not in deciding.MOVES_BACK:
        return htmx.go(url_for("review.show", number=posting.id), words)
    following = queue.next_after(posting, since, who()) if "next" in request.form else None
    if following is None:
        return htmx.go(url_for("review.desk"), words)
    left = queue.count()
    return htmx.go(
        url_for("review.show", number=following), f"{words} {ngettext('%(num)d is left.', '%(num)d are left.', left)}"
    )


def said_done(move: str, posting: Posting) -> str:
    title = posting.title
    if move in ("approve", "approve_change") and Case.of(Posting.get_by_id(posting.id)).waits:
        return _("Your yes to “%(title)s” is kept. It opens once a second teacher agrees.", title=title)
    return {
        "approve": _("“%(title)s” is open. Students can find it now.", title=title),
        "ask_changes": _("The employer of “%(title)s” reads what you asked for.", title=title),
        "decline": _("“%(title)s” is declined. Its employer reads why.", title=title),
        "pull": _("“%(title)s” is off the board.", title=title),
        "put_back": _("“%(title)s” is back on the board.", title=title),
        "close": _("“%(title)s” is closed.", title=title),
        "approve_change": _("The change to “%(title)s” is on the board.", title=title),
        "return_change": _("The change to “%(title)s” went back with your words.", title=title),
    }[move]


DECIDE = {
    "approve": lambda case, person, form: agree(case, "approve", person),
    "ask_changes": lambda case, person, form: actions.ask_changes(case.posting, person, form.sections, form.words.data),
    "decline": lambda case, person, form: actions.decline(case.posting, person, form.kind.data, form.words.data),
    "pull": lambda case, person, form: actions.pull(case.posting, person, form.words.data),
    "put_back": lambda case, person, form: actions.put_back(case.posting, person, form.words.data),
    "close": lambda case, person, form: actions.close(case.posting, person, form.words.data),
    "approve_change": lambda case, person, form: agree(case, "approve_change", person),
    "return_change": lambda case, person, form: revisions.return_revision(
        case.must_have_change(), person, form.words.data
    ),
}


def find(number: int) -> Posting:
    """A posting a teacher may read, with what every page of it names, or 404."""
    query = Posting.seen_by(who()).select(Posting, Employer, Field, Person)
    query = query.join(Employer).switch(Posting).join(Field, JOIN.LEFT_OUTER)
    query = query.switch(Posting).join(Person, JOIN.LEFT_OUTER, on=Posting.contact)
    return query.where(Posting.id == number).first() or abort(404)
