"""Erase a person: what would go, what stays, which copies still hold them and until when; then the name, typed."""

from flask import Blueprint, abort, current_app, g, url_for
from flask_babel import gettext as _

from board import htmx, tasks
from board.access import open_to, who
from board.db import now
from board.drawing import said
from board.moves import Refused
from board.people.model import Person, Role
from board.people.rules import same_name
from board.privacy import cleaning
from board.privacy.declaration import DECLARED
from board.privacy.erase import erase, look_ahead
from board.privacy.forms import EraseForm
from board.privacy.holds import held_by
from board.privacy.model import Erasure
from board.privacy.rules import days_kept
from board.school.model import School
from board.words import N_
from board.worker.timetable import BY_NAME

erasing = Blueprint("erasing", __name__)


@erasing.route("/people/<int:number>/erase", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def ask(number: int):
    g.section = "people"
    person = Person.get_or_none(Person.id == number) or abort(404)
    if Erasure.select().where(Erasure.person == person).exists():
        return done(person)
    form, data = EraseForm(), current_app.config["SETTINGS"].data
    if form.validate_on_submit():
        try:
            if same_name(form.name.data) != same_name(person.name):
                raise Refused(N_("This is not the name of this person. Type it as it stands above."))
            erase(person, who(), data)
        except Refused as problem:
            form.name.errors = [said(problem)]
        else:
            tasks.ask_for(BY_NAME["clean"])
            return htmx.go(url_for("erasing.ask", number=number), _("The person is erased."))
    return draw(person, form)


def draw(person: Person, form: EraseForm):
    hold, mine = held_by(person), person.id == who().id
    counts = {} if hold or mine else look_ahead(person)
    return htmx.page(
        "privacy/erase.html", status=422 if form.errors else 200, person=person, form=form, hold=hold and said(hold),
        counts=[(DECLARED[name].title, number) for name, number in counts.items() if name in DECLARED],
        mine=mine, **copies_of(now()),
    )  # fmt: skip


def done(person: Person):
    erasure = (
        Erasure.select(Erasure, Person).left_outer_join(Person, on=Erasure.by).where(Erasure.person == person).get()
    )
    return htmx.page("privacy/erased.html", person=person, erasure=erasure, **copies_of(erasure.at))


def copies_of(moment) -> dict:
    """The copies that hold somebody erased at a moment, and the day by which the last of them is gone."""
    days = days_kept(School.here())["backups"]
    found = cleaning.copies(current_app.config["SETTINGS"].data, moment, days)
    return {"copies": found, "days": days, "gone_on": max((copy.gone_on for copy in found), default=None)}
