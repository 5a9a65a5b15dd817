"""Student safety: the cases whose line has reached this member of staff, and one of them on its page."""

from flask import Blueprint, abort, g, request, url_for
from flask_babel import gettext as _
from peewee import JOIN, Case

from board import htmx
from board.access import open_to, who
from board.drawing import said
from board.employers.model import Employer
from board.forms import Form
from board.moves import Refused, TooLate
from board.people.model import Person, Role
from board.postings.model import Posting
from board.reports import case_actions, evidence, line
from board.reports.forms import AboutForm, CloseForm, MandatedForm, NoteForm, ReopenForm, SayForm
from board.reports.model import About, Report, ReportAbout, ReportEntry, ReportReader, State

safety = Blueprint("safety", __name__)

PER_PAGE = 25
FORMS: dict[str, type[Form]] = {
    "note": NoteForm, "say": SayForm, "mandated": MandatedForm, "close": CloseForm, "reopen": ReopenForm,
    "about": AboutForm,
}  # fmt: skip


@safety.before_request
def mark_section() -> None:
    g.section = "safety"


@safety.get("/safety")
@open_to(Role.TEACHER)
def all():
    """What is not opened yet, then what goes on, then what is closed."""
    number = request.args.get("page", 1, int)
    number = number if 1 <= number <= 10_000 else 1
    seen = Report.seen_by(who())
    order = Case(Report.state, ((State.NEW, 0), (State.OPEN, 1)), 2)
    query = seen.select(Report, Posting, Employer).join(Posting, JOIN.LEFT_OUTER)
    query = query.switch(Report).join(Employer, JOIN.LEFT_OUTER, on=Report.employer)
    rows = list(query.order_by(order, Report.in_danger.desc(), Report.id.desc()).paginate(number, PER_PAGE))
    total = seen.count()
    return htmx.page(
        "reports/all.html", rows=rows, total=total, About=About, contact=line.contact(), page=number,
        pages=-(-total // PER_PAGE), address=lambda page: url_for("safety.all", page=page),
    )  # fmt: skip


@safety.get("/safety/<int:number>")
@open_to(Role.TEACHER)
def show(number: int):
    case = find(number)
    if not (request.headers.get("Sec-Purpose") or request.headers.get("HX-Preloaded")):
        case = case_actions.look(case, who())
    return draw(case)


@safety.post("/safety/<int:number>/<name>")
@open_to(Role.TEACHER)
def act(number: int, name: str):
    case = find(number)
    if name not in ACTS:
        abort(404)
    form = FORMS[name](prefix=f"{name}-") if name in FORMS else None
    if form and not form.validate():
        return draw(case, 422, {name: form})
    try:
        words = ACTS[name](case, who(), form)
    except (TooLate, Refused) as problem:
        status = 409 if isinstance(problem, TooLate) else 422
        return draw(find(number), status, {name: form} if form else {}, said(problem))
    still = Report.seen_by(who()).where(Report.id == number).exists()  # not for whoever has named themself
    return htmx.go(url_for("safety.show", number=number) if still else url_for("safety.all"), words)


def noted(case: Report, person: Person, form: NoteForm) -> str:
    case_actions.note(case, person, form.words.data)
    return _("Your note is in the case.")


def told(case: Report, person: Person, form: SayForm) -> str:
    case_actions.say_to_reporter(case, person, form.words.data)
    return _("Whoever said it reads your words on their page.")


def reported(case: Report, person: Person, form: MandatedForm) -> str:
    case_actions.mandated(case, person, form.done_on.data, form.to.data)
    return _("Written down: when, and to whom.")


def about(case: Report, person: Person, form: AboutForm) -> str:
    numbers = case_actions.say_about(case, person, form.people.data or [])
    names = ", ".join(name for (name,) in Person.select(Person.name).where(Person.id.in_(numbers)).tuples())
    return _("It is about %(name)s, who never reads it.", name=names)


def passed_on(case: Report, person: Person, form: None) -> str:
    people = Person.select(Person.name).where(Person.id.in_(case_actions.pass_on(case, person)))
    return _("It went to %(names)s as well.", names=", ".join(name for (name,) in people.tuples()))


def closed(case: Report, person: Person, form: CloseForm) -> str:
    case_actions.close(
        case, person, form.outcome.data, form.words.data or "", form.said.data or "", form.let_go.data
    )  # fmt: skip
    return _("The case is closed. Whoever said it is told to look at their page.")


def reopened(case: Report, person: Person, form: ReopenForm) -> str:
    case_actions.reopen(case, person, form.words.data)
    return _("The case is open again.")


def let(act):
    def does(case: Report, person: Person, form: None) -> str:
        if act(case, person):
            return _("It goes on.")
        return _("This case no longer holds it, but something else still does.")

    return does


ACTS = {
    "note": noted, "say": told, "mandated": reported, "about": about, "pass-on": passed_on, "close": closed, "reopen": reopened,
    "messages": let(case_actions.let_messages), "placement": let(case_actions.let_placement),
    "posting": let(case_actions.let_posting),
}  # fmt: skip


def find(number: int) -> Report:
    """A case whose line has reached this person, or 404."""
    if number >= 2**31:
        abort(404)
    return Report.seen_by(who()).where(Report.id == number).first() or abort(404)


def draw(case: Report, status: int = 200, typed: dict[str, Form] | None = None, problem: str = ""):
    following = line.next_in_line(case)
    to = Person.alias()
    log = ReportEntry.select(ReportEntry, Person, to).join(Person, JOIN.LEFT_OUTER, on=ReportEntry.person)
    log = log.switch(ReportEntry).join(to, JOIN.LEFT_OUTER, on=(ReportEntry.to == to.id), attr="to")
    readers = ReportReader.select(ReportReader, Person).join(Person).where(ReportReader.report == case)
    abouts = ReportAbout.select(ReportAbout, Person).join(Person).where(ReportAbout.report == case)
    abouts = list(abouts.order_by(ReportAbout.id))
    forms = {name: kind(formdata=None, prefix=f"{name}-") for name, kind in FORMS.items()} | (typed or {})
    named = {one.person_id for one in abouts if one.named}
    others = line.could_read(one.person_id for one in abouts)
    forms["about"].people.choices = [(one.id, one.name) for one in others if one.id not in named]
    return htmx.page(
        "reports/case.html", status=status, case=case, problem=problem, forms=forms, tried=list(typed or {}), about=About(case.about),
        log=list(log.where(ReportEntry.report == case).order_by(ReportEntry.id)), readers=list(readers.order_by(ReportReader.id)),
        abouts=abouts, contact=line.contact(), shown=evidence.of(case),
        following=list(Person.select().where(Person.id.in_(following[1]))) if following else [],
    )  # fmt: skip
