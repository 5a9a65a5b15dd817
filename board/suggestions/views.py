"""Suggesting an employer, for students; what to do with it, for coordinators."""

from flask import Blueprint, abort, g, request, url_for
from flask_babel import gettext as _
from peewee import fn

from board import htmx
from board.access import open_to, who
from board.drawing import said
from board.employers.model import Employer
from board.forms import Form
from board.moves import Refused, Step, TooLate
from board.people import rules as people_rules
from board.people.accounts import Taken
from board.people.care import link_of
from board.people.model import Person, Role
from board.postings.model import Posting
from board.suggestions import actions
from board.suggestions.forms import DeclineForm, InviteForm, PassOnForm, SuggestionForm
from board.suggestions.model import State, Suggestion
from board.suggestions.rules import WAITING_MOST
from board.words import N_

suggestions = Blueprint("suggestions", __name__)

A_PAGE = 30

STEPS = {
    "suggest": N_("suggested them"),
    "take_back": N_("took it back"),
    "invite": N_("invited them"),
    "pass_on": N_("passed it on"),
    "decline": N_("declined"),
    "come": N_("they have come"),
    "open": N_("they have opened a project"),
}


def step_words(step: Step) -> str:
    return _(STEPS.get(step.move, step.move))


# -- a student


@suggestions.get("/suggestions")
@open_to(Role.STUDENT)
def mine():
    """One's own, and what became of each."""
    g.section = "projects"
    rows = list(Suggestion.seen_by(who()).order_by(Suggestion.id.desc()))
    steps: dict[int, list[Step]] = {row.id: [] for row in rows}
    for step in Step.select().where(Step.noun == "suggestion", Step.noun_id.in_(list(steps))).order_by(Step.id):
        steps[step.noun_id].append(step)
    wanted = {step.facts["posting"] for some in steps.values() for step in some if step.move == "open"}
    opened = {posting.id: posting for posting in Posting.seen_by(who()).where(Posting.id.in_(wanted))}
    return htmx.page("suggestions/mine.html", rows=rows, steps=steps, opened=opened, full=is_full(rows))


def is_full(rows: list[Suggestion]) -> bool:
    return sum(row.state == State.WAITING for row in rows) >= WAITING_MOST


@suggestions.route("/suggestions/new", methods=["GET", "POST"])
@open_to(Role.STUDENT)
def new():
    g.section = "projects"
    me, form = who(), SuggestionForm()
    if form.validate_on_submit():
        try:
            actions.suggest(me, {key: form[key].data for key in actions.KEYS})
            words = _("Thank you. A coordinator looks at it, and you get a notice when there is news.")
            return htmx.go(url_for("suggestions.mine"), words)
        except actions.TellsWho as problem:
            form[problem.field].errors = [said(problem)]
        except Refused as problem:
            return htmx.page("suggestions/new.html", status=409, form=form, problem=said(problem))
    return htmx.page("suggestions/new.html", status=422 if form.errors else 200, form=form)


@suggestions.post("/suggestions/<int:number>/take-back")
@open_to(Role.STUDENT)
def take_back(number: int):
    actions.take_back(load(number), who())
    return htmx.go(url_for("suggestions.mine"), _("It is taken back. Nobody writes to them."))


def load(number: int) -> Suggestion:
    return Suggestion.seen_by(who()).where(Suggestion.id == number).first() or abort(404)


# -- a coordinator


@suggestions.get("/employers/suggestions")
@open_to(Role.COORDINATOR)
def all():
    """What waits first, the oldest on top; then what was decided, the newest on top."""
    g.section = "employers"
    page = max(1, min(request.args.get("page", 1, type=int), 10_000))
    query = Suggestion.seen_by(who()).select(Suggestion, Person).join(Person, on=Suggestion.student)
    decided = Suggestion.state.not_in([State.WAITING, State.TAKEN_BACK])
    total = Suggestion.seen_by(who()).where(decided).count()
    rows = query.where(decided).order_by(Suggestion.id.desc()).paginate(page, A_PAGE)
    return htmx.page(
        "suggestions/all.html", to_look_at=list(query.where(Suggestion.state == State.WAITING).order_by(Suggestion.id)),
        rows=list(rows), page=page, pages=-(-total // A_PAGE),
        address=lambda number: url_for("suggestions.all", page=number) + "#decided",
    )  # fmt: skip


@suggestions.get("/employers/suggestions/<int:number>")
@open_to(Role.COORDINATOR)
def show(number: int):
    return draw(load(number))


def draw(suggestion: Suggestion, status: int = 200, tried: str = "", form: Form | None = None, **more):
    """One suggestion, with the ways to answer while it waits; `tried` names the one whose form came back."""
    g.section = "employers"
    forms = forms_for(suggestion) if suggestion.state == State.WAITING else {}
    if tried in forms and form:
        forms[tried] = form
    posting = Posting.get_or_none(Posting.id == suggestion.posting_id) if suggestion.posting_id else None
    return htmx.page(
        "suggestions/show.html", status=status, suggestion=suggestion, forms=forms, tried=tried, posting=posting,
        steps=list(Step.of(suggestion)), step_words=step_words, **more,
    )  # fmt: skip


def forms_for(suggestion: Suggestion, formdata=None) -> dict[str, Form]:
    alike = actions.could_take().where(fn.LOWER(Employer.name) == suggestion.organization.lower()).first()
    forms = {
        "invite": InviteForm(formdata=formdata, prefix="invite-", organization=suggestion.organization),
        "pass_on": PassOnForm(formdata=formdata, prefix="pass_on-", employer=alike.id if alike else None),
        "decline": DeclineForm(formdata=formdata, prefix="decline-"),
    }
    choices = [(one.id, one.name) for one in actions.could_take()]
    forms["pass_on"].employer.choices = [("", _("Choose an employer")), *choices]
    return forms


def last_step(suggestion: Suggestion) -> Step | None:
    return Step.of(suggestion).order_by(Step.id.desc()).first()


@suggestions.post("/employers/suggestions/<int:number>/<name>")
@open_to(Role.COORDINATOR)
def decide(number: int, name: str):
    """Invite, pass on or decline."""
    suggestion, me = load(number), who()
    forms = forms_for(suggestion, request.form)
    if name not in forms:
        abort(404)
    form = forms[name]
    kept = form.reason.data if name == "decline" else ""
    if suggestion.state != State.WAITING:
        return draw(suggestion, 409, late=said(TooLate(last_step(suggestion), suggestion.state_label)), kept=kept)
    if not form.validate():
        return draw(suggestion, 422, name, form)
    try:
        if name == "invite":
            person, token = actions.invite(suggestion, me, form.organization.data, form.name.data, form.email.data)
            lasts = people_rules.INVITATION_LASTS.days
            return draw(load(number), person=person, link=link_of(token), lasts=lasts)
        if name == "pass_on":
            employer = actions.could_take().where(Employer.id == form.employer.data).first() or abort(404)
            actions.pass_on(suggestion, me, employer)
            words = _("It is with %(name)s now. The student hears of it.", name=employer.name)
        else:
            actions.decline(suggestion, me, form.reason.data)
            words = _("The student reads your words.")
    except TooLate as problem:
        return draw(load(number), 409, late=said(problem), kept=kept)
    except Taken as problem:
        form.email.errors = [said(problem)]
        return draw(suggestion, 422, name, form)
    except Refused as problem:
        (form.organization if name == "invite" else form.employer).errors = [said(problem)]
        return draw(suggestion, 422, name, form)
    return htmx.go(url_for("suggestions.all"), words)
