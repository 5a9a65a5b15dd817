"""Something felt wrong: one press on one calm page, and afterwards what happens next, for whoever said it."""

from flask import Blueprint, abort, request, session, url_for
from peewee import JOIN

from board import htmx
from board.access import open_to, who
from board.applications.model import Application
from board.db import now
from board.drawing import said
from board.moves import Refused
from board.people.model import Person, Role
from board.placements.model import OPEN, Placement
from board.postings.model import Posting
from board.reports import actions, freezing, line, rules, targets
from board.reports.forms import ReportForm
from board.reports.model import About, Kind, Report, ReportEntry, role_of
from board.reports.targets import Target

reports = Blueprint("reports", __name__)

EVERYBODY = (Role.STUDENT, Role.TEACHER, Role.EMPLOYER)
MOST = 50  # of one's own, the newest
MOST_RUNNING = 12


@reports.get("/report")
@open_to(*EVERYBODY)
def mine():
    """Where the foot of every page leads: what one may say something about, and what one has said, how each stands."""
    rows = list(Report.select().where(Report.person == who()).order_by(Report.id.desc()).limit(MOST))
    return htmx.page(
        "reports/mine.html", rows=rows, running=running(), About=About, contact=line.contact(), answers=answers_to(rows)
    )


def running() -> list[Placement]:
    """What this person is in the middle of; of staff, what they lead or cover."""
    query = Placement.seen_by(who()).select(Placement, Application, Posting).join(Application).join(Posting)
    if who().is_teacher:
        query = query.where((Placement.lead == who()) | (Placement.cover == who()))
    return list(query.where(Placement.state.in_(OPEN)).order_by(Placement.id.desc()).limit(MOST_RUNNING))


@reports.get("/reports")
@open_to(Role.TEACHER)
def all():
    """Where cases were listed before they had a line."""
    return htmx.go(url_for("safety.all"))


@reports.route("/report/<about>/<int:number>", methods=["GET", "POST"])
@open_to(*EVERYBODY)
def new(about: str, number: int):
    target, last = find(about, number)
    form = form_of(target)
    if request.method == "GET":
        return draw(target, last, form)
    if not may_say(target, last):
        abort(404)
    if not form.validate():
        return draw(target, last, form, 422)
    try:
        actions.report(target, who(), form.words.data, form.in_danger.data, form.named.data)
    except Refused as refused:
        form.words.errors = [*form.words.errors, said(refused)]
        return draw(target, last, form, 422)
    if is_narrow():
        session[TOLD] = [*told(), name_of(target)]
    return htmx.go(url_for("reports.new", about=about, number=number))


# -- by a link in a mail: whoever holds it says something as the person it was sent to, and reads nothing that this
# person has said elsewhere. A mail is forwarded, perhaps to the very one it is about.

TOLD = "told"  # in the cookie: what was said in this browser


def is_narrow() -> bool:
    return bool(who().session.scope)


def told() -> list[str]:
    return session.get(TOLD, [])


def name_of(target: Target) -> str:
    return f"{target.about} {target.number}"


def find(about: str, number: int) -> tuple[Target, Report | None]:
    """What it is about, with this person's newest case of it. Who may neither see the one nor has the other gets 404:
    a student who reports a project no longer sees it, and still reads that it has arrived."""
    person = who()
    target = targets.find(about, number) if number < 2**31 else None
    if target is None:
        abort(404)
    mine = Report.about == target.about, Report.number == number, Report.person == person
    last = Report.select().where(*mine).order_by(Report.id.desc()).first()
    if last and is_narrow() and (name_of(target) not in told() or last.state == "closed"):
        last = None
    if last is None and not targets.may_see(target, person):
        abort(404)
    return target, last


def may_say(target: Target, last: Report | None) -> bool:
    """Again, or for the first time: what one no longer sees can be added to, and not begun anew."""
    return (last is not None and last.state != "closed") or targets.may_see(target, who())


def form_of(target: Target) -> ReportForm:
    sent = request.method == "POST"
    return ReportForm(choices(target)) if sent else ReportForm(choices(target), formdata=None)


def choices(target: Target) -> list[Person]:
    """Staff whom it may be about: those of the page, and whoever might come to read it. Not who says it."""
    known = {who().id, target.subject.id if target.subject else 0}
    aside = targets.staff_of(targets.own_placement(target, who()))
    return [one for one in line.could_read(aside) if one.id not in known]


def first_stages(target: Target) -> list[tuple[int, list[int]]]:
    """Whom it would go to, stage by stage, if it were said now and nobody named."""
    about = {target.subject.id} if target.subject and target.subject.id != who().id else set()
    return line.stages(about, targets.staff_of(targets.own_placement(target, who())) - about)


def draw(target: Target, last: Report | None, form: ReportForm, status: int = 200):
    waits, narrow = last is not None and last.state != "closed", is_narrow()
    if waits:
        readers, following = line.readers(last), line.next_in_line(last) is not None
    else:
        stages = first_stages(target)
        readers, following = stages[0][1] if stages else [], len(stages) > 1
    return htmx.page(
        "reports/new.html", status=status, target=target, last=last, form=form, waits=waits,
        readers=list(Person.select().where(Person.id.in_(readers)).order_by(Person.id)), following=following,
        may_say=may_say(target, last), contact=line.contact(),
        answers=answers_to([last]).get(last.id, []) if last and not narrow else [], narrow=narrow,
        due=last.due_at if waits else line.due_after(now()), hides=not waits and would_hide(target),
    )  # fmt: skip


def would_hide(target: Target) -> bool:
    placement = targets.own_placement(target, who())
    posting = target.posting or placement
    return bool(posting) and rules.hides(role_of(who()), placement is not None, freezing.hidden_by(who().id))


def answers_to(rows: list[Report]) -> dict[int, list[ReportEntry]]:
    """What was said to whoever said it, by case, oldest first."""
    query = ReportEntry.select(ReportEntry, Person).join(Person, JOIN.LEFT_OUTER, on=ReportEntry.person)
    query = query.where(ReportEntry.report.in_([row.id for row in rows]), ReportEntry.kind == Kind.TOLD)
    found: dict[int, list[ReportEntry]] = {}
    for entry in query.order_by(ReportEntry.id):
        found.setdefault(entry.report_id, []).append(entry)
    return found
