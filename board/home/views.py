"""The front page: what this board is, for whoever is looking."""

from flask import Blueprint, Flask, abort, redirect, request, session, url_for
from peewee import JOIN
from werkzeug.local import LocalProxy

from board import htmx
from board.access import ANYONE, for_search_engines, open_to, safe_next, who
from board.db import database, now
from board.home import employer, frame, staff, student
from board.home.lines import lines
from board.home.waiting import waiting
from board.moves import Step
from board.notices import Notice
from board.people.model import LANGUAGES, Person, Role
from board.postings.model import Posting
from board.postings.similar import similar_to
from board.reports.line import contact
from board.school.model import Field, School

home = Blueprint("home", __name__)

PER_PAGE = 25  # notices
HOMES = {Role.STUDENT: ("student", student), Role.EMPLOYER: ("employer", employer)}


def init_app(app: Flask) -> None:
    app.register_blueprint(home)
    app.context_processor(lambda: {"me": who(), "waiting": LocalProxy(waiting)})
    app.jinja_env.globals.update(
        assets=frame.assets,
        site_header=frame.site_header,
        site_footer=frame.site_footer,
        flashes=frame.flashes,
        safety_contact=contact,
    )


@home.get("/")
@open_to(ANYONE)
def front():
    if School.here() is None:
        return htmx.page("home/not_set_up.html")
    person = who()
    if person:
        template, made_of = ("teacher", staff) if person.is_teacher else HOMES[person.role]
        return htmx.page(f"home/{template}.html", **made_of.of(person))
    for_search_engines()
    return htmx.page("home/visitor.html", fields=Field.shown(), open_projects=Posting.live().count())


@home.get("/notices")
@open_to(*Role)
def notices():
    """What happened, newest first. Looking changes nothing; opening one, or the button for all, marks it as read."""
    person = who()
    number = request.args.get("page", 1, int)
    number = number if 1 <= number <= 10_000 else 1
    mine = Notice.select().where(Notice.person == person)
    total = mine.count()
    rows = (
        Notice.select(Notice, Step, Person)
        .join(Step)
        .join(Person, JOIN.LEFT_OUTER, on=Step.person)
        .where(Notice.person == person)
        .order_by(Notice.step.desc())
        .paginate(number, PER_PAGE)
    )
    shown = lines(list(rows), person)
    ended = {line.posting.id: line.posting for line in shown if line.posting and person.is_student}
    return htmx.page(
        "home/notices.html", lines=shown, total=total, similar=similar_to(list(ended.values()), person) if ended else {},
        page=number, pages=-(-total // PER_PAGE), address=lambda page: url_for("home.notices", page=page),
    )  # fmt: skip


@home.post("/notices")
@open_to(*Role)
def read_notices():
    """Mark all as read."""
    Notice.update(read_at=now()).where(Notice.person == who(), Notice.read_at.is_null()).execute()
    return htmx.go(url_for("home.notices"))


@home.post("/notices/<int:number>")
@open_to(*Role)
def open_notice(number: int):
    """Mark one as read, and go where it leads."""
    person = who()
    query = Notice.select(Notice, Step, Person).join(Step).join(Person, JOIN.LEFT_OUTER, on=Step.person)
    notice = query.where(Notice.id == number, Notice.person == person).first() or abort(404)
    Notice.update(read_at=now()).where(Notice.id == notice.id, Notice.read_at.is_null()).execute()
    found = lines([notice], person)
    return htmx.go(found[0].address if found else url_for("home.notices"))


@home.get("/healthz")
@open_to(ANYONE)
def health():
    database.execute_sql("SELECT 1")
    return "ok", 200, {"Content-Type": "text/plain; charset=utf-8"}


@home.post("/language")
@open_to(ANYONE)
def language():
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
        person = who()
        if person:
            Person.update(language=chosen).where(Person.id == person.id).execute()
    return redirect(safe_next(request.form.get("next")), 303)
