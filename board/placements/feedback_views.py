"""The page on which one side gives its feedback, with room for each question."""

from flask import Blueprint, g, request
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, who
from board.db import now
from board.drawing import said
from board.moves import Refused, TooLate
from board.people.model import Person, Role
from board.placements import page
from board.placements.feedback_actions import (
    Given,
    give_employer,
    give_student,
    levels_of,
    mark_of,
    may_give_now,
    skills_of,
)
from board.placements.feedback_forms import NOT_SEEN, employer_form, levels_in, ratings_in, student_form
from board.placements.feedback_rules import STUDENT_ASKED, asked_of, is_open, opened_on
from board.placements.keeping import kept_in
from board.placements.model import Placement
from board.placements.naming import Names
from board.placements.standing import standing
from board.postings.model import Posting
from board.postings.views import about_me

feedback = Blueprint("feedback", __name__)


@feedback.route("/placements/<int:placement_id>/feedback", methods=["GET", "POST"])
@open_to(Role.STUDENT, Role.EMPLOYER)
def give(placement_id: int):
    placement, me = page.load(placement_id), who()
    given = Given.of(placement)
    if not may_give_now(me, placement, given):
        if request.method == "GET":
            return htmx.go(f"/placements/{placement.id}#feedback", not_now(placement, me, given), "look")
        return page.draw(placement, 409, not_now(placement, me, given))
    form = form_for(placement, me, given)
    if request.method == "GET":
        return draw(placement, me, given, form)
    if not form.validate():
        return draw(placement, me, given, form, 422)
    try:
        keep(placement, me, form)
    except Refused as problem:
        form.quote.errors = [said(problem)]
        return draw(placement, me, given, form, 422)
    except TooLate:
        return too_late(placement, me, form)
    return htmx.go(f"/placements/{placement.id}#feedback", thanks(placement))


def form_for(placement: Placement, me: Person, given: Given):
    """Empty, or with what they gave."""
    own = given.student if me.is_student else given.employer
    names = tuple(STUDENT_ASKED) if me.is_student else asked_of(placement)
    data: dict = {name: str(getattr(own, name) or "") for name in names} if own else {}
    if me.is_student:
        return student_form(data=data | {"reflection": own.reflection if own else ""})
    levels = levels_of(placement)
    data |= {f"skill-{number}": str(level) for number, level in levels.items()}
    if given.employer:
        data |= {"quote": given.employer.quote, "may_name_reference": given.employer.may_name_reference}
    data["seen"] = mark_of(given.employer, levels)
    return employer_form(names, skills_of(placement), data=data)


def keep(placement: Placement, me: Person, form) -> None:
    if me.is_student:
        give_student(placement, me, ratings_in(form, STUDENT_ASKED), form.reflection.data)
        return
    ratings, levels = ratings_in(form, asked_of(placement)), levels_in(form)
    give_employer(placement, me, ratings, levels, form.quote.data, form.may_name_reference.data, form.seen.data)


def too_late(placement: Placement, me: Person, form):
    """A colleague was first, or it has opened meanwhile. What was typed is kept where it can still be sent."""
    placement = page.load(placement.id)
    given = Given.of(placement)
    if me.is_student or not may_give_now(me, placement, given):
        return page.draw(placement, 409, not_now(placement, me, given))
    form.seen.data = mark_of(given.employer, levels_of(placement))
    colleague = given.employer.person if given.employer else None
    name = colleague.name if colleague else _("A colleague")
    problem = _(
        "%(name)s has given feedback in the meantime. Below is yours: send it again to put it in its place, or leave it.",
        name=name,
    )
    return draw(placement, me, given, form, 409, problem)


def not_now(placement: Placement, me: Person, given: Given) -> str:
    """Why there is no form."""
    if placement.held_at or kept_in(placement).messages:
        return _("This is on hold: the school has paused it for now.")
    own = given.student if me.is_student else given.employer
    if own and is_open(*given.moments, now()):
        return _("Your feedback is open now and stays as it is.")
    return _("Feedback comes once the work is handed in.")


def thanks(placement: Placement) -> str:
    moments = Given.of(placement).moments
    if is_open(*moments, now()):
        return _("Thank you. Both sides have given theirs: it is open now.")
    return _(
        "Thank you. It stays sealed until the other side has given theirs, or for seven days. Until then you can change it."
    )


def draw(placement: Placement, me: Person, given: Given, form, status: int = 200, problem: str = ""):
    g.section = "placements"
    own = given.student if me.is_student else given.employer
    return htmx.page(
        "placements/feedback.html", status=status, placement=placement, posting=placement.posting, form=form,
        names=Names(placement, me), own=own, problem=problem, not_seen=NOT_SEEN, opens=opened_on(*given.moments),
        open=is_open(*given.moments, now()), skills=[f"skill-{s.id}" for s in skills_of(placement)] if me.is_employer else [],
        asked=tuple(STUDENT_ASKED) if me.is_student else asked_of(placement),
    )  # fmt: skip


def for_project_page(posting: Posting, person: Person) -> dict:
    """How students rated its employer: one line for whoever thinks of applying."""
    return {"rated": standing(posting.employer_id, person) if person.is_student else None}


about_me.append(for_project_page)
