"""What is typed about a match and its training agreement: shapes only, the rules stand in match_rules and agreement_rules."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from board.drawing import translate
from board.forms import Form, Line, Words, required
from board.people.forms import Day, whole_or_none
from board.people.model import Person
from board.placements.model import Party, Placement, WorkerKind

TYPED = {"render_kw": {"autocomplete": "off"}}


class ChoiceForm(Form):
    """Who looks after it, with whom the student works, and the days: on agreeing, and when it changes."""

    lead = SelectField(_l("Lead teacher"), id="match-lead", coerce=whole_or_none, validate_choice=False)
    cover = SelectField(_l("Cover"), id="match-cover", coerce=whole_or_none, validate_choice=False)
    supervisor = SelectField(
        _l("Worksite supervisor"), id="match-supervisor", coerce=whole_or_none, validate_choice=False
    )
    starts_on = Day(_l("First day"), id="match-starts-on", **TYPED)
    due_on = Day(_l("Last day: the work is handed in"), id="match-due-on", **TYPED)

    def offer(self, staff: list[Person], supervisors: list) -> "ChoiceForm":
        """What may be chosen."""
        self.lead.choices = self.cover.choices = [("", _("Choose…")), *((one.id, one.name) for one in staff)]
        named = [(one.id, f"{one.name}, {one.title}" if one.title else one.name) for one in supervisors]
        self.supervisor.choices = [("", _("Nobody")), *named]
        return self


class NotAgreeForm(Form):
    words = Words(_l("Why not"), [required()], id="not-agree-words", most=1000, rows=3)


class GuardianForm(Form):
    signed_on = Day(_l("Signed on"), [required()], id="guardian-signed-on", **TYPED)


class TermsForm(Form):
    """What the employer and the school write into the training agreement."""

    what = Words(_l("What the student does and hands over"), id="terms-what", most=1500, rows=3)
    place = Line(_l("Where the work is done"), id="terms-place", most=300, **TYPED)
    times = Line(_l("Days and hours"), id="terms-times", most=300, **TYPED)
    pay_by = Day(_l("Paid by"), id="terms-pay-by", **TYPED)
    pay_how = Line(_l("Paid how"), id="terms-pay-how", most=300, **TYPED)
    call = Line(_l("Whom to call"), id="terms-call", most=300, **TYPED)
    worker_kind = RadioField(_l("How you take the student on"), id="terms-worker-kind", validate_choice=False)
    insurance = Line(_l("Insurance"), id="terms-insurance", most=300, **TYPED)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.worker_kind.choices = [(str(kind), translate(kind)) for kind in WorkerKind]


class PermitForm(Form):
    permit_needed = BooleanField(_l("This student needs a work permit for this project"), id="permit-needed")
    permit_number = Line(_l("Number of the permit"), id="permit-number", most=40, **TYPED)
    permit_on = Day(_l("Issued on"), id="permit-on", **TYPED)


class PaperForm(Form):
    """Signatures on a printed agreement that somebody at school has seen."""

    parties = SelectMultipleField(
        _l("Whose signatures are on it"), id="paper-parties", option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False), validate_choice=False,
    )  # fmt: skip
    signed_on = Day(_l("Signed on"), [required()], id="paper-signed-on", **TYPED)

    def offer(self, parties: list[Party]) -> "PaperForm":
        self.parties.choices = [(str(party), translate(party)) for party in parties]
        return self


def choice_form(placement: Placement, staff, supervisors, lead: Person | None, cover: Person | None) -> ChoiceForm:
    """As a page begins with it."""
    form = ChoiceForm(
        formdata=None, lead=lead and lead.id, cover=cover and cover.id, supervisor=placement.supervisor_id,
        starts_on=placement.starts_on, due_on=placement.due_on,
    )  # fmt: skip
    return form.offer(staff, supervisors)
