"""A check-in is answered with one click; a teacher says that a call for help is looked after."""

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from board.access import open_to, who
from board.forms import Form, Words, required
from board.moves import TooLate
from board.people.model import Role
from board.placements import check_in_actions, page
from board.placements.answers import moved_on
from board.placements.check_in_rules import may_settle
from board.placements.check_ins import check_ins_of
from board.placements.model import CheckIn

check_ins = Blueprint("check_ins", __name__)


class AnswerForm(Form):
    words = Words(_l("A few words"), most=1000, rows=2, id="check-in-words")


class SettleForm(Form):
    words = Words(_l("What you did"), [required(_l("Say in a sentence what was done."))], most=1000, rows=2)


@check_ins.post("/placements/<int:placement_id>/check-in")
@open_to(Role.STUDENT, Role.EMPLOYER)
def answer(placement_id: int):
    """The button says which: `well` is yes or no."""
    placement, form, said = page.load(placement_id), AnswerForm(), request.form.get("well")
    if not form.validate() or said not in ("yes", "no"):
        form.words.errors = [*form.words.errors] or [_("Choose one of the two buttons.")]
        return page.draw(placement, 422, check_in=form)
    try:
        check_in_actions.answer(placement, who(), said == "yes", form.words.data or "")
    except TooLate as late:
        return moved_on(placement, late)
    words = (
        _("Good to hear. Thank you.")
        if said == "yes"
        else _("A teacher hears about it now and will get in touch with you.")
    )
    return page.answer(placement, words, at="checkins")


@check_ins.post("/placements/<int:placement_id>/check-ins/<int:check_in_id>/settle")
@open_to(Role.TEACHER)
def settle(placement_id: int, check_in_id: int):
    placement, me = page.load(placement_id), who()
    found: CheckIn = next((one for one in check_ins_of(placement, me) if one.id == check_in_id), None) or abort(404)
    if not may_settle(me, placement, found):
        return moved_on(placement)
    form = SettleForm()
    form.check_in = found
    if not form.validate():
        return page.draw(placement, 422, settle=form)
    try:
        check_in_actions.settle(found, placement, me, form.words.data)
    except TooLate as late:
        return moved_on(placement, late)
    return page.answer(placement, _("It is noted. Whoever asked is told that you looked after it."), at="checkins")
