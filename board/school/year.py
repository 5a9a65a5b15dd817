"""Settings: the school year, for coordinators. Days on which a student's work has to stand back."""

from flask import Blueprint, url_for
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, who
from board.drawing import said
from board.moves import Refused
from board.people.model import Role
from board.school import periods
from board.school.forms import PeriodForm
from board.school.model import Period, PeriodKind, today
from board.school.views import find, proposed_count

school_year = Blueprint("school_year", __name__)


@school_year.route("/settings/school-year", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def all():
    """What lies ahead, then what has passed; POST adds one."""
    form = PeriodForm()
    if form.validate_on_submit() and saved(form):
        return htmx.go(url_for("school_year.all"), _("The days are in the school year."))
    rows = list(Period.select().order_by(Period.first_on, Period.id))
    past = [row for row in rows if row.last_on < today()]
    return htmx.page(
        "school/year.html", form=form, part="year", proposed=proposed_count(), past=past[::-1],
        ahead=[row for row in rows if row.last_on >= today()], status=422 if form.errors else 200,
    )  # fmt: skip


@school_year.route("/settings/school-year/<int:number>", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def one(number: int):
    """One period; POST changes it."""
    period = find(Period, number)
    form = PeriodForm(obj=period)
    if form.validate_on_submit() and saved(form, period):
        return htmx.go(url_for("school_year.all"), _("The days are saved."))
    return htmx.page("school/period.html", period=period, form=form, status=422 if form.errors else 200)


def saved(form: PeriodForm, period: Period | None = None) -> bool:
    """Whether the days could be kept; else the form says why not."""
    words = form.kind.data or "", form.name.data or "", form.first_on.data, form.last_on.data
    try:
        if period:
            periods.change(period, *words, who())
        else:
            periods.add(*words, who())
    except Refused as problem:
        (form.last_on if words[0] in set(PeriodKind) else form.kind).errors = [said(problem)]
        return False
    return True


@school_year.post("/settings/school-year/<int:number>/remove")
@open_to(Role.COORDINATOR)
def remove(number: int):
    periods.remove(find(Period, number), who())
    return htmx.go(url_for("school_year.all"), _("The days are removed."))
