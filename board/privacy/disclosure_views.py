"""What of one student was shown to whom, on a page of its own: to print for a family, and as a table (34 CFR 99.32)."""

import csv
import io

from flask import Blueprint, Response, abort, g, url_for
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, who
from board.drawing import translate
from board.people.model import Person, Role
from board.privacy.breach import safe
from board.privacy.disclosures import shown_of

disclosed = Blueprint("disclosed", __name__)


@disclosed.get("/students/<int:student_id>/disclosures")
@open_to(Role.TEACHER)
def of(student_id: int):
    g.section = "students"
    return draw(find(student_id), url_for("disclosed.table_of", student_id=student_id))


@disclosed.get("/students/<int:student_id>/disclosures.csv")
@open_to(Role.TEACHER)
def table_of(student_id: int):
    return table(find(student_id))


@disclosed.get("/account/disclosures")
@open_to(Role.STUDENT)
def own():
    return draw(who(), url_for("disclosed.own_table"))


@disclosed.get("/account/disclosures.csv")
@open_to(Role.STUDENT)
def own_table():
    return table(who())


def find(number: int) -> Person:
    return Person.get_or_none(Person.id == number, Person.role == Role.STUDENT) or abort(404)


def draw(student: Person, file: str):
    return htmx.page(
        "privacy/shown.html", student=student, rows=shown_of(student), file=file, own=student.id == who().id
    )


def table(student: Person) -> Response:
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow([_("What"), _("To whom"), _("For"), _("When (UTC)"), _("On whose word"), _("Whose move it was")])
    for row in shown_of(student):
        cells = [
            translate(row.what_label), row.to or _("whoever has the link"), row.project, row.at.isoformat(" "),
            translate(row.word_label), row.by,
        ]  # fmt: skip
        writer.writerow([safe(cell) for cell in cells])
    headers = {"Content-Disposition": f'attachment; filename="shown-{student.id}.csv"', "Cache-Control": "no-store"}
    return Response(made.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)
