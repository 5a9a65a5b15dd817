"""Settings: the school year, for coordinators. Days on which a student's work has to stand back."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from board import access, htmx
from board.access import open_to, who
from board.drawing import said
from board.moves import Refused
from board.people.model import Role
from board.school import holidays, periods
from board.school.forms import BellForm, PeriodForm, TermForm
from board.school.model import STATES, Period, PeriodKind, Term, today
from board.school.views import find, proposed_count

school_year = Blueprint("school_year", __name__)


@school_year.route("/settings/school-year", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def all():
    """What lies ahead, then what has passed; POST adds one."""
    form = PeriodForm()
    if form.validate_on_submit() and saved(form):
        return htmx.go(url_for("school_year.all"), _("The days are in the school year."))
    return draw(form)


def draw(form: PeriodForm | None = None, term: TermForm | None = None, bell: BellForm | None = None):
    """The page; the form that was sent holds what was typed."""
    here = access.school()
    starts, ends = here.bell or (None, None)
    rows = list(Period.select().order_by(Period.first_on, Period.id))
    past = [row for row in rows if row.last_on < today()]
    return htmx.page(
        "school/year.html", form=form or PeriodForm(formdata=None), part="year", proposed=proposed_count(), past=past[::-1],
        ahead=[row for row in rows if row.last_on >= today()], term=term or TermForm(formdata=None),
        bell=bell or BellForm(formdata=None, starts=starts, ends=ends), terms=list(Term.select().order_by(Term.first_on)),
        status=422 if any(one and one.errors for one in (form, term, bell)) else 200,
    )  # fmt: skip


@school_year.post("/settings/school-year/terms")
@open_to(Role.COORDINATOR)
def add_term():
    form = TermForm()
    if form.validate():
        try:
            periods.add_term(form.name.data or "", form.first_on.data, form.last_on.data, who())
            return htmx.go(url_for("school_year.all") + "#terms", _("The semester is in the school year."))
        except Refused as problem:
            form.last_on.errors = [said(problem)]
    return draw(term=form)


@school_year.post("/settings/school-year/terms/<int:number>/remove")
@open_to(Role.COORDINATOR)
def remove_term(number: int):
    periods.remove_term(find(Term, number), who())
    return htmx.go(url_for("school_year.all") + "#terms", _("The semester is removed."))


@school_year.post("/settings/school-year/bell")
@open_to(Role.COORDINATOR)
def set_bell():
    form = BellForm()
    if form.validate():
        try:
            periods.set_bell(access.school(), form.starts.data, form.ends.data, who())
            return htmx.go(url_for("school_year.all") + "#bell", _("The school hours are saved."))
        except Refused as problem:
            form.ends.errors = [said(problem)]
    return draw(bell=form)


@school_year.route("/settings/school-year/holidays", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def pick():
    """The state's public holidays, to pick from; POST adds those that were ticked."""
    here = access.school()
    listed = holidays.of_state(here.state, today())
    if request.method == "POST":
        ticked = set(request.form.getlist("day"))
        count = periods.add_holidays({one.day: one.name for one in listed if one.day.isoformat() in ticked}, who())
        if not count:
            return htmx.go(
                url_for("school_year.all"),
                _("Nothing new to add: the days you checked are already in the school year."),
                "wait",
            )
        words = ngettext("One day without school is added.", "%(num)d days without school are added.", count)
        return htmx.go(url_for("school_year.all"), words)
    free = list(Period.select().where(Period.kind.in_((PeriodKind.HOLIDAY, PeriodKind.SUMMER))))
    there = {one.day for one in listed if any(row.first_on <= one.day <= row.last_on for row in free)}
    return htmx.page("school/holidays.html", listed=listed, there=there, state=STATES[here.state])


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
