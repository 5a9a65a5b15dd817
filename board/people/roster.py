"""Lists of people: everybody for coordinators, students for teachers; and the page of one person."""

from datetime import datetime

from flask import Blueprint, abort, g, request, url_for
from flask_babel import gettext as _
from peewee import JOIN, fn

from board import htmx
from board.access import open_to, who
from board.applications.model import SENT, Application
from board.drawing import said
from board.employers.model import Employer
from board.forms import one_line, whole
from board.moves import Refused
from board.people import accounts, rules, sessions, story
from board.people.accounts import Taken
from board.people.forms import StaffForm, StudentForm
from board.people.model import STAFF, Key, Person, Role, SignIn
from board.placements.lists import open_rows
from board.placements.reached import Reached, condition, ways_of
from board.school.model import GRADES

roster = Blueprint("roster", __name__)

PAGE = 50
LONGEST_QUERY = 100


def listed(query):
    """One page of a list of people, each with their employer and `last_seen`: (rows, total, page, pages)."""
    total = query.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(whole(request.args.get("page")) or 1, 1), pages)
    seen = SignIn.alias()
    last_seen = seen.select(fn.MAX(seen.seen_at)).where(seen.person == Person.id)
    rows = (
        query.select(Person, Employer, Adviser, last_seen.alias("last_seen"))
        .join(Employer, JOIN.LEFT_OUTER, on=Person.employer)
        .switch(Person)
        .join(Adviser, JOIN.LEFT_OUTER, on=(Person.adviser == Adviser.id), attr="adviser_person")
        .order_by(fn.LOWER(Person.name), Person.id)
        .paginate(number, PAGE)
    )
    rows = list(rows)
    for row in rows:
        row.last_seen = row.last_seen and datetime.fromisoformat(str(row.last_seen))
    return rows, total, number, pages


Adviser = Person.alias()


def never_signed_in():
    return Person.id.not_in(SignIn.select(SignIn.person))


def without_a_step():
    """Students with nothing on its way: whatever they once sent has ended. A draft is their own, so it does not count."""
    sent = Application.select(Application.student).where(Application.state.in_(SENT))
    return Person.id.not_in(sent)


def named_like(query, words: str):
    """People whose name, mail address or username holds every word."""
    for word in words.split():
        query = query.where(Person.name.contains(word) | Person.email.contains(word) | Person.username.contains(word))
    return query


@roster.get("/people")
@open_to(Role.COORDINATOR)
def people():
    g.section = "people"
    q = one_line(request.args.get("q"))[:LONGEST_QUERY]
    role, state = request.args.get("role", ""), request.args.get("state", "")
    query = named_like(Person.known(), q)
    if role in list(Role):
        query = query.where(Person.role == role)
    if state == "ended":
        query = query.where(Person.ended_at.is_null(False))
    else:
        query = query.where(Person.ended_at.is_null())
    if state == "never":
        query = query.where(never_signed_in())
    rows, total, number, pages = listed(query)
    counts = dict(
        Person.known()
        .where(Person.ended_at.is_null())
        .select(Person.role, fn.COUNT(Person.id))
        .group_by(Person.role)
        .tuples()
    )
    return htmx.page(
        "people/people.html", "results", rows=rows, total=total, page=number, pages=pages, q=q, role=role, state=state,
        roles=list(Role), counts=counts, address=turner(q=q, role=role, state=state),
    )  # fmt: skip


def turner(**values):
    """The address of another page of the same list."""
    kept = {key: value for key, value in values.items() if value}
    return lambda page: url_for(request.endpoint, **kept, page=page if page > 1 else None)


# -- students


def students_asked_for(values):
    """The students a form or an address asks for: by `q`, `grade`, `mine`, `never`, `idle`, how far they have come
    (`reached`), whether something of theirs is overdue (`stuck`), and `added` (first-last id)."""
    query = named_like(Person.active().where(Person.role == Role.STUDENT), one_line(values.get("q"))[:LONGEST_QUERY])
    grade = whole(values.get("grade"))
    if grade in GRADES:
        query = query.where(Person.grade == grade)
    if values.get("mine"):
        query = query.where(Person.adviser == who().id)
    if values.get("never"):
        query = query.where(never_signed_in())
    if values.get("idle"):
        query = query.where(without_a_step())
    if values.get("reached") in set(Reached):
        query = query.where(condition(Reached(values["reached"])))
    if values.get("stuck"):
        query = query.where(Person.id.in_(stuck_students()))
    first, _dash, last = values.get("added", "").partition("-")
    if whole(first) and whole(last):
        query = query.where(Person.id.between(whole(first), whole(last)))
    return query


def filters_of(values) -> dict:
    """The filters of a list of students, as they go into its links and forms."""
    added = values.get("added", "")
    first, _dash, last = added.partition("-")
    return {
        "q": one_line(values.get("q"))[:LONGEST_QUERY],
        "grade": values.get("grade", "") if whole(values.get("grade")) in GRADES else "",
        "mine": "1" if values.get("mine") else "",
        "never": "1" if values.get("never") else "",
        "idle": "1" if values.get("idle") else "",
        "reached": values.get("reached", "") if values.get("reached") in set(Reached) else "",
        "stuck": "1" if values.get("stuck") else "",
        "added": added if whole(first) and whole(last) else "",
    }


def stuck_students() -> set[int]:
    """Of whose placements something is overdue, for whoever looks after them."""
    if "stuck_students" not in g:
        rows = open_rows(who())
        g.stuck_students = {row.placement.application.student_id for row in rows if row.turn and row.turn.urgent}
    return g.stuck_students


@roster.get("/students")
@open_to(Role.TEACHER)
def students():
    g.section = "students"
    filters = filters_of(request.args)
    rows, total, number, pages = listed(students_asked_for(filters))
    return htmx.page(
        "people/students.html", "results", rows=rows, total=total, page=number, pages=pages, filters=filters,
        grades=GRADES, address=turner(**filters), reached=list(Reached),
        ways=ways_of([row.id for row in rows], stuck_students()),
    )  # fmt: skip


# -- one person


def find(number: int) -> Person:
    """The person with this id, or 404."""
    return Person.get_or_none(Person.id == number) or abort(404)


@roster.route("/people/<int:number>", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def person(number: int):
    """Everything a coordinator does with one person; POST saves the details."""
    g.section = "people"
    found = find(number)
    form = details_form(found)
    if form.validate_on_submit() and save(found, form):
        return htmx.go(url_for("roster.person", number=found.id), _("The details are saved."))
    return draw(found, form, status=422 if form.errors else 200)


def details_form(found: Person, **more):
    """The form of a person's details, filled with what was sent, or (`formdata=None`) with what is kept."""
    if not found.is_student:
        return StaffForm(obj=found, **more)
    kept = {
        key: getattr(found, key) for key in ("name", "username", "email", "grade", "birth_date", "directory_opt_out")
    }
    form = StudentForm(data=kept | {"adviser": found.adviser_id}, **more)
    form.adviser.choices = adviser_choices(found.adviser_id)
    return form


def adviser_choices(present: int | None = None) -> list:
    """Teachers who may be an adviser, and the present one even if their account is closed."""
    may = Person.select().where(Person.role.in_(STAFF), Person.ended_at.is_null() | (Person.id == present))
    return [("", _("nobody")), *((teacher.id, teacher.name) for teacher in may.order_by(Person.name))]


def values_of(form) -> dict:
    values = {name: form[name].data for name in form._fields}
    if "adviser" in values:
        values["adviser"] = Person.get_or_none(Person.id == values["adviser"]) if values["adviser"] else None
    return values


def save(found: Person, form) -> bool:
    """Write the details, or put the reason beside its field."""
    try:
        accounts.change(found, who(), values_of(form))
    except Taken as problem:
        form[problem.field].errors = [said(problem)]
    except Refused as problem:
        field = form.birth_date if found.is_student and form.birth_date.data else form.email
        field.errors = [said(problem)]
    else:
        return True
    return False


def told(line: story.Line) -> str:
    """A line of somebody's history in the reader's language."""
    values = line.values
    if "changed" in values:
        values = values | {
            "changed": ", ".join(_(word) for word in values["changed"]),
            "state": _(values["state"]) if values["state"] else "",
        }
    return _(line.words, **values)


def draw(found: Person, form=None, status: int = 200, **more):
    """The page of one person, with a new link or code where one was just made."""
    if form is None:
        form = details_form(Person.get_by_id(found.id), formdata=None)
    key = Key.select().where(Key.person == found, Key.used_at.is_null()).order_by(Key.id.desc()).first()
    seen = SignIn.select(fn.MAX(SignIn.seen_at)).where(SignIn.person == found).scalar()
    return htmx.page(
        "people/person.html", status=status, person=found, form=form, key=key, last_seen=seen,
        browsers=sessions.list_of(found).count(), may_help=rules.may_help(who(), found),
        steps=story.of(found), told=told, **more,
    )  # fmt: skip
