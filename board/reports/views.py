"""Something is wrong: said on one calm page, read by the coordinators on another."""

from flask import Blueprint, abort, g, request, url_for
from flask_babel import gettext as _
from peewee import JOIN

from board import htmx
from board.access import open_to, who
from board.applications.model import Application
from board.drawing import said
from board.employers.model import Employer
from board.moves import Refused, Step, TooLate
from board.people.model import Person, Role
from board.postings.model import Posting
from board.postings.model import State as PostingState
from board.reports import actions
from board.reports.forms import ReportForm, SettleForm
from board.reports.model import About, Report, State

reports = Blueprint("reports", __name__)

PER_PAGE = 25


# -- for everybody who takes part


@reports.route("/report/<about>/<int:number>", methods=["GET", "POST"])
@open_to(Role.STUDENT, Role.TEACHER, Role.EMPLOYER)
def new(about: str, number: int):
    kind, posting, application = find(about, number)
    if request.method == "GET":
        return draw(kind, posting, application, ReportForm(formdata=None))
    form = ReportForm()
    if not form.validate():
        return draw(kind, posting, application, form, 422)
    try:
        actions.report(kind, posting, who(), form.words.data, application)
    except Refused as refused:
        form.words.errors = [*form.words.errors, said(refused)]
        return draw(kind, posting, application, form, 422)
    return htmx.go(url_for("reports.new", about=about, number=number))


def find(about: str, number: int) -> tuple[About, Posting, Application | None]:
    """What a report is about, if this person may see it or has said something about it already; else 404.

    A student who reports a project no longer sees it, and still reads that the report has arrived.
    """
    if about not in set(About):
        abort(404)
    kind, person = About(about), who()
    if kind == About.APPLICATION:
        application = Application.seen_by(person).where(Application.id == number).first() or abort(404)
        return kind, application.posting, application
    posting = Posting.get_or_none(Posting.id == number) or abort(404)
    mine = Report.select().where(Report.about == kind, Report.posting == posting, Report.person == person).exists()
    if not mine and not may_see(kind, posting, person):
        abort(404)
    return kind, posting, None


def may_see(kind: About, posting: Posting, person: Person) -> bool:
    """The posting itself; a conversation only those who may take part in it."""
    if kind == About.THREAD and not (person.is_teacher or person.employer_id == posting.employer_id):
        return False
    return Posting.seen_by(person).where(Posting.id == posting.id).exists()


def draw(kind: About, posting: Posting, application: Application | None, form: ReportForm, status: int = 200):
    person = who()
    last = (
        Report.select()
        .where(Report.about == kind, Report.posting == posting, Report.person == person)
        .where(Report.application_id == application.id if application else Report.application_id.is_null())
        .order_by(Report.id.desc())
        .first()
    )
    return htmx.page(
        "reports/new.html", status=status, about=kind, posting=posting, application=application, form=form, last=last,
        sees=application is not None or may_see(kind, posting, person),
    )  # fmt: skip


# -- for coordinators


@reports.get("/reports")
@open_to(Role.COORDINATOR)
def all():
    return listed()


@reports.post("/reports/<int:number>")
@open_to(Role.COORDINATOR)
def settle(number: int):
    report = Report.seen_by(who()).where(Report.id == number).first() or abort(404)
    form = SettleForm(prefix=f"r{number}")
    if not form.validate():
        return listed(422, form, report.id)
    try:
        actions.settle(report, who(), form.words.data, form.put_back.data)
    except TooLate as late:
        return listed(409, form, report.id, said_by(late))
    except Refused as refused:
        form.words.errors = [*form.words.errors, said(refused)]
        return listed(422, form, report.id)
    posting = Posting.get_by_id(report.posting_id)
    if form.put_back.data and posting.held_at:
        words = _("Settled. Another report about this project waits, so it stays hidden.")
        return htmx.go(url_for("reports.all"), words, "look")
    return htmx.go(url_for("reports.all"), _("Settled. The person who wrote is told that you have looked."))


def said_by(late: TooLate) -> str:
    if late.step and late.step.person:
        return _("%(name)s has settled this one already.", name=late.step.person.name)
    return _("This one has been settled already.")


def listed(status: int = 200, form: SettleForm | None = None, tried: int = 0, late: str = ""):
    g.section = "reports"
    page = request.args.get("page", 1, int)
    page = page if 1 <= page <= 10_000 else 1
    waiting = rows(Report.state == State.OPEN, Report.id).paginate(1, 200)
    settled = rows(Report.state == State.SETTLED, Report.id.desc())
    total = Report.select().where(Report.state == State.SETTLED).count()
    shown = list(settled.paginate(page, PER_PAGE))
    open_now = list(waiting)
    forms = {report.id: SettleForm(formdata=None, prefix=f"r{report.id}") for report in open_now}
    if form and tried in forms:
        forms[tried] = form
    return htmx.page(
        "reports/all.html", status=status, waiting_reports=open_now, settled=shown, total=total, forms=forms, tried=tried,
        form=form, late=late, kept=form.words.data if form and late else "", settled_by=settled_by(shown), About=About,
        applications=applications_of([*open_now, *shown]), page=page, pages=-(-total // PER_PAGE),
        address=lambda number: url_for("reports.all", page=number), hidden=hidden,
    )  # fmt: skip


def rows(condition, order):
    query = Report.select(Report, Posting, Employer, Person).join(Posting).join(Employer)
    query = query.switch(Report).join(Person, JOIN.LEFT_OUTER, on=Report.person)
    return query.where(condition).order_by(order)


def hidden(posting: Posting) -> bool:
    return bool(posting.held_at) and posting.state in (PostingState.PAUSED, PostingState.FILLED, PostingState.OPEN)


def settled_by(settled: list[Report]) -> dict[int, Step]:
    query = Step.select(Step, Person).left_outer_join(Person)
    query = query.where(
        Step.noun == "report", Step.move == "settle", Step.noun_id.in_([report.id for report in settled])
    )
    return {step.noun_id: step for step in query}


def applications_of(listed_reports: list[Report]) -> dict[int, Application]:
    """The applications these reports are about, with their students."""
    ids = [report.application_id for report in listed_reports if report.application_id]
    query = Application.select(Application, Person).join(Person, on=Application.student)
    return {application.id: application for application in query.where(Application.id.in_(ids))}
