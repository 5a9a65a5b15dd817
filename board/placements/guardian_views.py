"""A parent's or guardian's answer on the page of a match, as the school writes it down; and the student's own at 18."""

from collections.abc import Callable

from flask import abort
from flask_babel import get_locale
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, who
from board.guardians import actions as guardians
from board.guardians.forms import RefusedForm, SchoolForm, SeenForm
from board.guardians.model import Guardian
from board.moves import TooLate
from board.people.model import Role
from board.placements import guardian_actions as actions
from board.placements import page
from board.placements.guardian import asked
from board.placements.match_views import done, late, match
from board.placements.model import ENDED, Placement
from board.placements.naming import Names


def known(placement: Placement) -> list[Guardian]:
    return list(Guardian.of(placement.student))


def seen_by(form: SeenForm, some: list[Guardian]) -> tuple[str, Guardian | None]:
    """Whose word it is: somebody known, or the name that was typed."""
    chosen = next((one for one in some if one.id == form.guardian.data), None)
    return (chosen.name if chosen else form.name.data or ""), chosen


def written_down(placement_id: int, form: SeenForm, name: str, act: Callable, words: str):
    """A yes or a no that somebody at school has seen or been told. `name`: of the form on the page."""
    placement = page.load(placement_id)
    some = known(placement)
    form.offer(some)
    if not form.validate():
        return page.draw(placement, 422, **{name: form})
    return done(
        lambda: act(placement, who(), form.signed_on.data, *seen_by(form, some)), placement, name, form, form.signed_on,
        words, "guardian",
    )  # fmt: skip


@match.post("/guardian")
@open_to(Role.TEACHER)
def guardian_yes(placement_id: int):
    return written_down(placement_id, SeenForm(), "guardian", actions.record_yes, _("The yes is recorded."))


@match.post("/guardian/no")
@open_to(Role.TEACHER)
def guardian_refused(placement_id: int):
    words = _("The no is recorded: nothing is shared and nothing starts.")
    return written_down(placement_id, RefusedForm(), "refused", actions.record_no, words)


@match.post("/guardian/school")
@open_to(Role.COORDINATOR)
def guardian_school(placement_id: int):
    placement, form = page.load(placement_id), SchoolForm()
    if not form.validate():
        return page.draw(placement, 422, school_consent=form)
    return done(
        lambda: actions.record_school(placement, who(), form.name.data or "", form.why.data or ""), placement,
        "school_consent", form, form.why, _("The school’s own consent is recorded."), "guardian",
    )  # fmt: skip


@match.post("/guardian/talked")
@open_to(Role.TEACHER)
def guardian_talked(placement_id: int):
    """Somebody at school has talked to whoever asked."""
    placement = page.load(placement_id)
    try:
        guardians.settle(placement.application, who())
    except TooLate as problem:
        return late(placement_id, problem)
    return page.answer(placement, _("Written down. They can answer on their page now, or on paper."), at="guardian")


@match.post("/guardian/withdraw")
@open_to(Role.TEACHER)
def guardian_no(placement_id: int):
    placement = page.load(placement_id)
    try:
        actions.withdraw_yes(placement, who())
    except TooLate as problem:
        return late(placement_id, problem)
    return page.answer(placement, _("The yes is taken back: contact is no longer shared."), at="guardian")


# -- at 18


@match.get("/own-yes")
@open_to(Role.STUDENT)
def own_yes(placement_id: int):
    """What a guardian had agreed to, for the student to decide."""
    return draw_own(page.load(placement_id))


def draw_own(placement: Placement, status: int = 200):
    found = asked(placement)
    if not found.of_student:
        abort(404)
    return htmx.page(
        "guardians/own_yes.html", status=status, placement=placement, posting=placement.posting, guardian=found,
        names=Names(placement, who()), is_over=placement.state in ENDED,
    )  # fmt: skip


@match.post("/own-yes/<word>")
@open_to(Role.STUDENT)
def say_oneself(placement_id: int, word: str):
    placement = page.load(placement_id)
    if word not in ("yes", "no") or not asked(placement).of_student:
        abort(404)
    if placement.state in ENDED:
        return draw_own(placement, 409)
    guardians.say_oneself(placement.application, who(), word == "yes", get_locale().language)
    words = _("You have said yes for yourself.") if word == "yes" else _("Written down. Contact is no longer shared, and the school talks to you.")  # fmt: skip
    return htmx.go(f"/placements/{placement.id}", words)
