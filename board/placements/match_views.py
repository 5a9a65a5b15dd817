"""What is done to a match on its page: a teacher's answer, who looks after it, the agreement."""

from flask import Blueprint, abort, request
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, who
from board.drawing import said
from board.employers.model import Supervisor
from board.moves import NotAllowed, Refused, TooLate
from board.people.model import Person, Role
from board.placements import agreement, match_actions, page
from board.placements import agreement_actions as agreements
from board.placements.agreement_rules import TERMS
from board.placements.match import look, supervisors
from board.placements.match_forms import ChoiceForm, NotAgreeForm, PaperForm, PermitForm, TermsForm
from board.placements.match_rules import Choice, Unsound
from board.placements.model import Party, Placement
from board.placements.naming import Names
from board.placements.rules import MOVES

match = Blueprint("match", __name__, url_prefix="/placements/<int:placement_id>")


def version() -> int:
    """Of the training agreement that stood on the page which was sent."""
    return request.form.get("version", 0, int)


def late(placement_id: int, problem: TooLate):
    """Somebody got there first: the page as it stands now."""
    return page.draw(page.load(placement_id), 409, said(problem))


def not_now(placement: Placement):
    """Whoever may open the route may do it, unless the placement was put on hold while they read."""
    if placement.held_at is None:
        abort(403)
    return page.draw(placement, 409, _("This is on hold: nothing moves until the school lets it go on."))


def put(problem: Refused, form, field) -> None:
    """Each sentence beside its field; what is about none of them beside `field`."""
    problems = problem.problems if isinstance(problem, Unsound) else {field.short_name: problem}
    for name, words in problems.items():
        form[name].errors = [said(words)]


def done(act, placement: Placement, name: str, form, field, words: str, at: str):
    """Act, then show the page; a refusal stands in the form, which keeps what was typed."""
    try:
        act()
    except TooLate as problem:
        return late(placement.id, problem)
    except NotAllowed:
        return not_now(placement)
    except Refused as problem:
        put(problem, form, field)
        return page.draw(placement, 422, **{name: form})
    return page.answer(placement, words, at=at)


# -- a teacher's answer


@match.post("/agree")
@open_to(Role.TEACHER)
def agree(placement_id: int):
    placement, me = page.load(placement_id), who()
    if not MOVES["agree"].allows(me, placement):
        return late(placement_id, TooLate(None))
    form = ChoiceForm().offer(list(Person.staff()), supervisors(placement))
    if not form.validate():
        return page.draw(placement, 422, agree=form)
    return done(
        lambda: match_actions.agree(placement, me, chosen(form), version()), placement, "agree", form, form.lead,
        _("You agreed to the match. Both sides hear about it now."), "before",
    )  # fmt: skip


def chosen(form: ChoiceForm) -> Choice:
    """The rows behind the numbers that were sent; what is none is nobody."""
    return Choice(
        Person.get_or_none(Person.id == (form.lead.data or 0)), Person.get_or_none(Person.id == (form.cover.data or 0)),
        Supervisor.get_or_none(Supervisor.id == (form.supervisor.data or 0)), form.starts_on.data, form.due_on.data,
    )  # fmt: skip


@match.post("/not-agree")
@open_to(Role.TEACHER)
def not_agree(placement_id: int):
    placement, me, form = page.load(placement_id), who(), NotAgreeForm()
    if not MOVES["not_agree"].allows(me, placement):
        return late(placement_id, TooLate(None))
    if not form.validate():
        return page.draw(placement, 422, not_agree=form)
    return done(
        lambda: match_actions.not_agree(placement, me, form.words.data or ""), placement, "not_agree", form, form.words,
        _("You did not agree. Both sides read why, and the place is free again."), "match",
    )  # fmt: skip


@match.post("/people")
@open_to(Role.TEACHER)
def people(placement_id: int):
    """Who looks after it, and the days: at any time."""
    placement, me = page.load(placement_id), who()
    form = ChoiceForm().offer(list(Person.staff()), supervisors(placement))
    if not form.validate():
        return page.draw(placement, 422, people=form)
    return done(
        lambda: match_actions.name(placement, me, chosen(form)), placement, "people", form, form.lead,
        _("It is saved."), "match",
    )  # fmt: skip


# -- the training agreement


@match.get("/agreement")
@open_to(Role.STUDENT, Role.TEACHER, Role.EMPLOYER)
def paper(placement_id: int):
    """One page to print and to sign."""
    placement, me = page.load(placement_id), who()
    part = agreement.part(placement, me) or abort(404)
    lines = agreement.lines_for(look(placement))
    return htmx.page(
        "placements/agreement.html", placement=placement, posting=placement.posting, part=part, lines=lines,
        names=Names(placement, me), asks_guardian=Party.GUARDIAN in lines and placement.agreed_at is not None,
    )  # fmt: skip


@match.post("/agreement/terms")
@open_to(Role.TEACHER, Role.EMPLOYER)
def terms(placement_id: int):
    placement, me, form = page.load(placement_id), who(), TermsForm()
    if not form.validate():
        return page.draw(placement, 422, terms=form)
    values = {key: form[key].data if key == "pay_by" else form[key].data or "" for key in TERMS}
    values["worker_kind"] = values["worker_kind"] or None
    try:
        agreements.change(placement, me, values, version())
    except TooLate:  # what was typed stays: saved again, it takes the place of what stands there now
        words = _("Somebody has changed the training agreement in the meantime. Compare, then save yours again.")
        return page.draw(page.load(placement_id), 409, words, terms=form)
    except NotAllowed:
        return not_now(placement)
    except Unsound as problem:
        put(problem, form, form.what)
        return page.draw(placement, 422, terms=form)
    return page.answer(placement, _("The training agreement is saved."), at="agreement")


@match.post("/agreement/sign")
@open_to(Role.STUDENT, Role.TEACHER, Role.EMPLOYER)
def sign(placement_id: int):
    placement = page.load(placement_id)
    try:
        agreements.sign(placement, who(), version())
    except TooLate as problem:
        return late(placement_id, problem)
    except NotAllowed:
        return not_now(placement)
    except Refused as problem:
        return page.draw(placement, 422, said(problem))
    return page.answer(placement, _("You have signed the training agreement."), at="agreement")


@match.post("/agreement/paper")
@open_to(Role.TEACHER)
def paper_seen(placement_id: int):
    placement = page.load(placement_id)
    found = look(placement)
    left = [party for party in agreement.lines_for(found) if not found.signed(party)]
    form = PaperForm().offer(left)
    if not form.validate():
        return page.draw(placement, 422, paper=form)
    parties = [party for party in left if str(party) in (form.parties.data or ())]
    return done(
        lambda: agreements.record_paper(placement, who(), parties, form.signed_on.data, version()), placement, "paper",
        form, form.signed_on if parties else form.parties, _("The signatures are recorded."), "agreement",
    )  # fmt: skip


@match.post("/agreement/permit")
@open_to(Role.TEACHER)
def permit(placement_id: int):
    placement, form = page.load(placement_id), PermitForm()
    if not form.validate():
        return page.draw(placement, 422, permit=form)
    needed, number, day = form.permit_needed.data, form.permit_number.data or "", form.permit_on.data
    return done(
        lambda: agreements.set_permit(placement, who(), needed, number, day), placement, "permit", form,
        form.permit_number, _("It is saved."), "agreement",
    )  # fmt: skip
