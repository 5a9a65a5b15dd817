"""A person's whole record: their own from the account page, and anybody's for coordinators."""

from flask import Blueprint, abort, g, jsonify, url_for

from board import htmx
from board.access import open_to, who
from board.people.model import Person, Role
from board.privacy import record
from board.privacy.drawn import SHOWN, drawn

own_record = Blueprint("own_record", __name__, url_prefix="/account/record")
records = Blueprint("records", __name__, url_prefix="/people/<int:number>/record")


@own_record.get("")
@open_to(*Role)
def show():
    return page(who(), url_for("own_record.file"))


@own_record.get("/file")
@open_to(*Role)
def file():
    return as_download(who())


@records.get("")
@open_to(Role.COORDINATOR)
def of(number: int):
    g.section = "people"
    return page(find(number), url_for("records.file_of", number=number))


@records.get("/file")
@open_to(Role.COORDINATOR)
def file_of(number: int):
    return as_download(find(number))


def find(number: int) -> Person:
    return Person.get_or_none(Person.id == number) or abort(404)


def page(person: Person, file: str):
    own = person.id == who().id and not who().is_coordinator
    parts = drawn(person, who())
    names_home = any(part.table == "guardian" for part in parts)
    return htmx.page(
        "privacy/record.html", person=person, parts=parts, file=file, own=own, most=SHOWN, names_home=names_home
    )


def as_download(person: Person):
    response = jsonify(record.as_file(person, who()))
    response.headers["Content-Disposition"] = f'attachment; filename="record-{person.id}.json"'
    response.headers["Cache-Control"] = "no-store"
    return response
