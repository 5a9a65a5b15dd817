"""What may be typed about the pay."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField
from wtforms.validators import ValidationError

from board.forms import Dollars, Form, Words, one_line, required


class Day(DateField):
    """A day; what is none is said in the board's own words."""

    def process_formdata(self, valuelist):
        self.data = None
        try:
            self.data = date.fromisoformat(one_line(valuelist[0] if valuelist else ""))
        except ValueError:
            raise ValueError(_("Give a day, such as 2026-11-30.")) from None


class Owed(Dollars):
    """An amount that may be nothing at all."""

    def process_formdata(self, valuelist):
        text = one_line(valuelist[0] if valuelist else "").replace("$", "").replace(",", "").replace(" ", "")
        if text.startswith(("-", "−")):
            self.data = None
            raise ValueError(_("An amount can't be below 0."))
        if text.strip("0") in ("", ".") and text.count(".") <= 1 and "0" in text:
            self.data = 0
            return
        super().process_formdata(valuelist)


class NotEmpty:
    """A number is needed, and nothing is one as well."""

    field_flags = {"required": True}

    def __call__(self, form, field):
        if field.data is None and not field.process_errors:
            raise ValidationError(_("Give an amount in dollars, such as 240 or 22.50."))


class PaidForm(Form):
    day = Day(_l("Paid on"), id="paid-on")


class ReceivedForm(Form):
    day = Day(_l("Received on"), id="received-on")


class SumForm(Form):
    before = HiddenField(id="sum-before")
    amount = Owed(_l("New sum"), [NotEmpty()], id="sum-amount")
    why = Words(_l("Why"), [required(_l("Say why, in words that all three can read."))], id="sum-why", most=600, rows=3)


class SettleForm(Form):
    amount = Owed(_l("Owed for what was done"), [NotEmpty()], id="owed-amount")
    why = Words(_l("How you come to this"), [required(_l("Say why, in words that all three can read."))], id="owed-why", most=600, rows=3)  # fmt: skip
