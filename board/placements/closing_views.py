"""The one page on which an employer closes a small project."""

from flask import Blueprint, g, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, Field, HiddenField

from board import htmx
from board.access import open_to, who
from board.drawing import hours as length
from board.drawing import said
from board.forms import Form, required
from board.moves import Refused, TooLate
from board.people.model import Role
from board.placements import page
from board.placements.closing_actions import Closing, WrongDay, close, may_close
from board.placements.feedback_forms import quote_field, ratings_in, steps
from board.placements.feedback_rules import BRIEF, EMPLOYER_ASKED
from board.placements.hold_actions import ON_HOLD
from board.placements.hours_forms import spoken
from board.placements.model import Attachment, Placement
from board.placements.naming import Names

closing = Blueprint("closing", __name__)


class Day(DateField):
    """A date that may stay empty."""

    def process_formdata(self, valuelist):
        if valuelist and not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(str(_l("We can't read this date. Pick it from the calendar."))) from None


def form_of(case: Closing) -> Form:
    """Only what is still to do is asked. Fields: `seen`, `hours_right`, `paid_on`, the three scales, `quote`."""
    fields: dict[str, Field] = {"seen": HiddenField()}
    if case.waiting:
        right = [required(_l("Tick this if the hours are right, or ask about them first."))]
        fields["hours_right"] = BooleanField(_l("These hours are right"), right, id="hours-right")
    if case.asks_for_pay:
        fields["paid_on"] = Day(_l("Paid on"), id="paid-on")
    if case.feedback is None:
        fields |= steps(EMPLOYER_ASKED, BRIEF)
        fields["quote"] = quote_field()
    form = type("ClosingForm", (Form,), fields)()
    if request.method == "GET":
        form.seen.data = case.mark
    return form


@closing.route("/placements/<int:placement_id>/close", methods=["GET", "POST"])
@open_to(Role.EMPLOYER)
def close_small(placement_id: int):
    placement, me = page.load(placement_id), who()
    case = Closing.of(placement)
    why_not = not_now(placement, case)
    if why_not:
        if request.method == "GET":
            return htmx.go(f"/placements/{placement.id}", why_not, "look")
        return page.draw(placement, 409, why_not)
    form = form_of(case)
    if request.method == "GET":
        return draw(case, form)
    if form.seen.data != case.mark:
        return changed(placement_id)
    if not form.validate():
        return draw(case, form, 422)
    try:
        ratings = ratings_in(form, BRIEF) if "quality" in form else {}
        quote = form.quote.data if "quote" in form else ""
        close(placement, me, form.seen.data, form.paid_on.data if "paid_on" in form else None, ratings, quote)
    except WrongDay as problem:
        form.paid_on.errors = [said(problem)]
        return draw(case, form, 422)
    except Refused as problem:
        if "quote" not in form:
            return page.draw(page.load(placement_id), 409, said(problem))
        form.quote.errors = [said(problem)]
        return draw(case, form, 422)
    except TooLate:
        return changed(placement_id)
    return htmx.go(
        f"/placements/{placement.id}",
        _("Thank you. A teacher signs it off now, and the student can show what they did."),
    )


def not_now(placement: Placement, case: Closing) -> str:
    """Why there is nothing to close on one page; "" where there is."""
    if placement.held_at:
        return _(ON_HOLD)
    if not may_close(who(), placement) or case.delivery is None:
        return _("There is nothing to close here now.")
    return _("You have done everything here. A teacher signs it off.") if case.is_done and not case.asks_for_pay else ""


def changed(placement_id: int):
    """Somebody was first, or the hours are others now: the page as it stands, with what was typed kept."""
    placement = page.load(placement_id)
    case = Closing.of(placement)
    why_not = not_now(placement, case)
    if why_not:
        return page.draw(placement, 409, why_not)
    form = form_of(case)
    form.seen.data = case.mark
    if "hours_right" in form:
        form.hours_right.data = False  # they have not read these
    return draw(case, form, 409, _("This has changed while you had it open. Look once more, then send it again."))


def draw(case: Closing, form: Form, status: int = 200, problem: str = ""):
    g.section = "placements"
    placement = case.placement
    attached = list(Attachment.select().where(Attachment.delivery == case.delivery).order_by(Attachment.id))
    total = sum(entry.minutes for entry in case.entries)
    return htmx.page(
        "placements/close.html", status=status, placement=placement, posting=placement.posting, form=form, case=case,
        names=Names(placement, who()), attached=attached, length=length, spoken=spoken, total=total,
        problem=problem, asked=[name for name in BRIEF if name in form],
    )  # fmt: skip
