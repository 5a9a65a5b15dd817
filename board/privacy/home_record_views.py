"""What is held of one parent or guardian, for the coordinator whom they ask: to read, to hand over, to erase."""

from flask import Blueprint, abort, current_app, g, jsonify, url_for
from flask_babel import gettext as _

from board import htmx, tasks
from board.access import open_to, who
from board.db import now
from board.drawing import said
from board.guardians.model import Guardian
from board.moves import Refused
from board.people.model import Role
from board.people.rules import same_name
from board.privacy import homes, record
from board.privacy.declaration import DECLARED, by_name
from board.privacy.drawn import SHOWN, Drawn, pairs
from board.privacy.erase_views import copies_of
from board.privacy.forms import EraseForm
from board.privacy.model import HomeErasure
from board.privacy.record import Part
from board.privacy.record_names import names_of
from board.words import N_
from board.worker.timetable import BY_NAME

home_records = Blueprint("home_records", __name__, url_prefix="/students/<int:student_id>/guardians/<int:number>")


@home_records.get("")
@open_to(Role.COORDINATOR)
def show(student_id: int, number: int):
    return draw(find(student_id, number), EraseForm(formdata=None))


@home_records.get("/file")
@open_to(Role.COORDINATOR)
def file(student_id: int, number: int):
    guardian = find(student_id, number)
    held = {
        part.table: [{"id": row._pk} | {name: record.plain(row.__data__[name]) for name in part.columns} for row in part.rows]
        for part in parts_of(guardian)
    }  # fmt: skip
    response = jsonify(about={"name": guardian.name, "made": f"{now().isoformat()}Z"}, held=held)
    response.headers["Content-Disposition"] = f'attachment; filename="guardian-{guardian.id}.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


@home_records.post("/erase")
@open_to(Role.COORDINATOR)
def erase(student_id: int, number: int):
    guardian, form = find(student_id, number), EraseForm()
    if form.validate_on_submit():
        try:
            if same_name(form.name.data) != same_name(guardian.name):
                raise Refused(N_("This is not the name of this person. Type it as it stands above."))
            homes.erase(guardian, who(), current_app.config["SETTINGS"].data)
        except Refused as problem:
            form.name.errors = [said(problem)]
        else:
            tasks.ask_for(BY_NAME["clean"])
            return htmx.go(
                url_for("home_records.show", student_id=student_id, number=number), _("The person is erased.")
            )
    return draw(guardian, form)


def find(student_id: int, number: int) -> Guardian:
    query = Guardian.select().where(Guardian.id == number, Guardian.student == student_id)
    return query.first() or abort(404)


def parts_of(guardian: Guardian) -> list[Part]:
    """Rows by table, as the declaration says which columns are personal."""
    found = []
    for name, query in homes.queries_of(homes.rows_of(guardian)).items():
        columns = record.columns_of(name, DECLARED[name], guardian.student, own=False)
        rows = list(query.order_by(by_name()[name]._meta.primary_key))
        if rows:
            found.append(Part(name, DECLARED[name].title, columns, rows))
    return found


def draw(guardian: Guardian, form: EraseForm):
    g.section = "students"
    erasure = HomeErasure.select().where(HomeErasure.guardian_id == guardian.id).first()
    parts, hold = parts_of(guardian), homes.held_by(guardian)
    names = names_of(parts, guardian.student, who())
    drawn = [
        Drawn(part.table, part.title, False, len(part.rows), [pairs(part, row, names, {}, guardian) for row in reversed(part.rows[-SHOWN:])])
        for part in parts
    ]  # fmt: skip
    return htmx.page(
        "privacy/home.html", status=422 if form.errors else 200, guardian=guardian, student=guardian.student, parts=drawn,
        form=form, hold=hold and said(hold), erasure=erasure, most=SHOWN, **copies_of(erasure.at if erasure else now()),
    )  # fmt: skip
