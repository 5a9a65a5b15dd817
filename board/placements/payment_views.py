"""What employer and student say of the pay, and what becomes of the sum."""

from collections.abc import Callable

from flask import Blueprint, request
from flask_babel import gettext as _

from board.access import open_to, who
from board.forms import Form
from board.people.model import Role
from board.placements import page, payment_actions
from board.placements.acting import does
from board.placements.payment_forms import PaidForm, ReceivedForm, SettleForm, SumForm
from board.school.model import today

payments = Blueprint("payments", __name__)

AT = "payment"


def says_day(placement_id: int, name: str, form: Form, act: Callable, words: str):
    """A day, or the button that takes it back."""
    placement = page.load(placement_id)
    if "not_yet" in request.form:
        form = type(form)(formdata=None, data={"day": today()})
        return does(placement, name, form, "day", lambda: act(placement, who(), None), _("Taken back."), AT)
    return does(placement, name, form, "day", lambda: act(placement, who(), form.day.data), words, AT)


@payments.post("/placements/<int:placement_id>/paid")
@open_to(Role.EMPLOYER)
def paid(placement_id: int):
    words = _("Written down. The student is asked whether it has come.")
    return says_day(placement_id, "paid_form", PaidForm(), payment_actions.say_paid, words)


@payments.post("/placements/<int:placement_id>/received")
@open_to(Role.STUDENT)
def received(placement_id: int):
    words = _("Written down: your pay has come.")
    return says_day(placement_id, "received_form", ReceivedForm(), payment_actions.say_received, words)


@payments.post("/placements/<int:placement_id>/sum")
@open_to(Role.EMPLOYER, Role.TEACHER)
def change_sum(placement_id: int):
    placement, form = page.load(placement_id), SumForm()
    before = form.before.data or ""
    before = int(before) if before.isascii() and before.isdecimal() and len(before) < 10 else -1
    return does(
        placement, "sum_form", form, "amount",
        lambda: payment_actions.change_sum(placement, who(), before, form.amount.data, form.why.data),
        _("The pay is another sum now. All three read why."), AT,
    )  # fmt: skip


@payments.post("/placements/<int:placement_id>/owed")
@open_to(Role.EMPLOYER, Role.TEACHER)
def settle(placement_id: int):
    placement, form = page.load(placement_id), SettleForm()
    return does(
        placement, "settle_form", form, "amount",
        lambda: payment_actions.settle(placement, who(), form.amount.data, form.why.data),
        _("Written down. All three read why."), AT,
    )  # fmt: skip
