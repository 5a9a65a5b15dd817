"""Ending a placement early, with a page that says what that means; holding it, lifting the hold, signing it off."""

from flask import Blueprint, abort, g, request
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, who
from board.drawing import said
from board.moves import NotAllowed, Refused, TooLate
from board.people.model import Role
from board.placements import page
from board.placements.completing_actions import NotReady, nudge, sign_off
from board.placements.ending_actions import end_early
from board.placements.ending_forms import EndForm, HoldForm, SignOffForm, WordsForm
from board.placements.hold_actions import ON_HOLD, hold, keep_going, lift
from board.placements.model import Party, Placement
from board.placements.naming import Names
from board.placements.rules import MOVES

ending = Blueprint("ending", __name__)

# -- ending early


@ending.route("/placements/<int:placement_id>/end", methods=["GET", "POST"])
@open_to(Role.STUDENT, Role.TEACHER, Role.EMPLOYER)
def end(placement_id: int):
    placement, me = page.load(placement_id), who()
    if not MOVES["end_early"].allows(me, placement):
        words = _("This can't be ended early as it stands now.")
        if request.method == "GET":
            return htmx.go(f"/placements/{placement.id}", words, "look")
        return page.draw(placement, 409, words)
    form = EndForm()
    if request.method == "GET":
        return ask(placement, form)
    if not form.validate():
        return ask(placement, form, 422)
    try:
        end_early(placement, me, form.reason.data or "", form.words.data)
    except Refused as problem:
        form.reason.errors = [said(problem)]
        return ask(placement, form, 422)
    except TooLate as late:
        return page.draw(page.load(placement_id), 409, said(late))
    return htmx.go(
        f"/placements/{placement.id}#ending", _("It has ended. Everybody in it is told, without your words.")
    )


def ask(placement: Placement, form: EndForm, status: int = 200):
    me = who()
    g.section = "students" if me.is_teacher else "placements"
    return htmx.page(
        "placements/end.html", status=status, placement=placement, posting=placement.posting, form=form, names=Names(placement, me),
    )  # fmt: skip


# -- hold


@ending.post("/placements/<int:placement_id>/hold")
@open_to(Role.TEACHER)
def put_on_hold(placement_id: int):
    form = HoldForm(prefix="hold-")
    return done(placement_id, "hold_form", form, lambda placement: hold(placement, who(), form.words.data), _("It is on hold. Both sides read that the school has paused it."))  # fmt: skip


@ending.post("/placements/<int:placement_id>/lift")
@open_to(Role.COORDINATOR)
def lift_hold(placement_id: int):
    form = WordsForm(prefix="lift-")
    return done(placement_id, "lift_form", form, lambda placement: lift(placement, who(), form.words.data), _("It goes on where it stood."))  # fmt: skip


@ending.post("/placements/<int:placement_id>/keep")
@open_to(Role.TEACHER)
def keep(placement_id: int):
    form = WordsForm(prefix="keep-")
    return done(placement_id, "keep_form", form, lambda placement: keep_going(placement, who(), form.words.data), _("It goes on."))  # fmt: skip


def done(placement_id: int, name: str, form, act, words: str):
    """A form with words, its action, and the page as it stands then."""
    placement = page.load(placement_id)
    if not form.validate():
        return page.draw(placement, 422, **{name: form})
    try:
        act(placement)
    except Refused as problem:
        form.words.errors = [said(problem)]
        return page.draw(page.load(placement_id), 422, **{name: form})
    except TooLate as late:
        return page.draw(page.load(placement_id), 409, said(late))
    return page.answer(placement, words)


# -- signing off


@ending.post("/placements/<int:placement_id>/complete")
@open_to(Role.TEACHER)
def complete(placement_id: int):
    placement, form = page.load(placement_id), SignOffForm()
    if not form.validate():
        return page.draw(placement, 422, sign_form=form)
    try:
        sign_off(placement, who(), form.without_answer.data, form.without_hours.data, form.words.data)
    except NotReady as missing:
        placement = page.load(placement_id)
        if not missing.field:
            return page.draw(placement, 422, said(missing))
        form[missing.field].errors = [said(missing)]
        return page.draw(placement, 422, sign_form=form)
    except Refused as problem:
        return page.draw(page.load(placement_id), 409, said(problem))
    except (TooLate, NotAllowed) as late:
        words = said(late) if isinstance(late, TooLate) else _(ON_HOLD)
        return page.draw(page.load(placement_id), 409, words)
    return page.answer(placement, _("Signed off. It is an experience the student can show now."))


@ending.post("/placements/<int:placement_id>/nudge/<side>")
@open_to(Role.TEACHER)
def remind(placement_id: int, side: str):
    placement = page.load(placement_id)
    if side not in (Party.STUDENT, Party.EMPLOYER):
        abort(404)
    try:
        nudge(placement, who(), Party(side))
    except Refused as problem:
        return page.draw(placement, 409, said(problem))
    return page.answer(placement, _("They get a notice that something waits here for them."), at="completing")
