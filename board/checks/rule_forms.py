"""What a coordinator types about a rule: one form for each kind of value."""

import re

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from board.checks.states import LIMITS
from board.checks.tasks import ALL
from board.forms import Clock, Dollars, Form, Line, Whole, required
from board.school.model import LOWEST_AGE
from board.school.rules import PAY_CENTS

HOURS_A_DAY, HOURS_A_WEEK = (1, 24), (1, 60)


class RuleForm(Form):
    """A value, and where it stands. `said` is the value as the rule has it, in and out."""

    source = Line(_l("Where you looked it up"), most=160)
    address = Line(_l("Its address on the web"), most=300, render_kw={"inputmode": "url"})

    def validate_address(self, field):
        if field.data and not re.match(r"https?://[^\s]+\.[^\s]+$", field.data):
            raise ValidationError(_l("An address begins with http:// or https://."))


class MoneyForm(RuleForm):
    value = Dollars(_l("Dollars an hour"), [required()])

    def validate_value(self, field):
        low, high = PAY_CENTS
        if field.data is not None and not low <= field.data <= high:
            raise ValidationError(_l("Give an amount from $7.25, the federal minimum wage, to $200."))

    def said(self):
        return self.value.data


class YesForm(RuleForm):
    value = RadioField(_l("May it be paid here?"), choices=[("yes", _l("Yes")), ("no", _l("No"))])

    def __init__(self, value=None, **kwargs):
        super().__init__(value="yes" if value else "no", **kwargs)

    def said(self):
        return self.value.data == "yes"


class AgeForm(RuleForm):
    value = Whole(_l("Below the age of (0: nobody needs them)"), 0, 18, [required()])

    def said(self):
        return self.value.data


class LowestAgeForm(RuleForm):
    value = Whole(_l("From this age on"), LOWEST_AGE, 18, [required()])

    def said(self):
        return self.value.data


class WeekForm(RuleForm):
    value = Whole(_l("Hours; nothing: 20, as most programs have it"), *HOURS_A_WEEK)

    def said(self):
        return self.value.data


class LimitsForm(RuleForm):
    """Hours and times; what is left empty is not limited."""

    school_day = Whole(_l("Most hours on a school day"), *HOURS_A_DAY)
    free_day = Whole(_l("Most hours on a day without school"), *HOURS_A_DAY)
    school_week = Whole(_l("Most hours in a school week"), *HOURS_A_WEEK)
    free_week = Whole(_l("Most hours in a week without school"), *HOURS_A_WEEK)
    earliest = Clock(_l("Not before"), render_kw={"placeholder": "07:00"})
    latest_before_school = Clock(_l("Not after, before a school day"))
    latest = Clock(_l("Not after, on other days"))

    def __init__(self, value=None, **kwargs):
        begun = {
            key: (amount // 60 if key in LIMITS[:4] else amount) for key, amount in (value or {}).items() if amount
        }
        super().__init__(**begun, **kwargs)

    def validate_latest(self, field):
        if self.earliest.data is not None and field.data is not None and field.data <= self.earliest.data:
            raise ValidationError(_l("The day ends before it begins."))

    def said(self):
        amounts = {key: self[key].data for key in LIMITS}
        return {
            key: amount * 60 if key in LIMITS[:4] else amount for key, amount in amounts.items() if amount is not None
        }


class TasksForm(RuleForm):
    value = SelectMultipleField(
        _l("Not taken here"), choices=[(task.slug, _l(task.words)) for task in ALL],
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip

    def said(self):
        return sorted(self.value.data or [])


FORMS = {
    "state_minimum_cents": MoneyForm, "minimum_pay_cents": MoneyForm, "youth_rate": YesForm, "permit_until": AgeForm,
    "limits_14_15": LimitsForm, "limits_16_17": LimitsForm, "minimum_age": LowestAgeForm, "most_hours_week": WeekForm,
    "excluded": TasksForm,
}  # fmt: skip


def form_for(key: str, value, **begun) -> RuleForm:
    return FORMS[key](value=value, **begun)
