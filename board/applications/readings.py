"""Drafts a teacher is asked to read before they go."""

from flask import abort, g, url_for
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, who
from board.applications import actions
from board.applications.forms import ReadingForm
from board.applications.model import Application, Reading
from board.applications.rules import decides_by
from board.applications.shown import shown
from board.applications.views import applications
from board.drawing import said
from board.employers.model import Employer
from board.moves import NotAllowed, Refused
from board.people.model import Person, Role
from board.postings.model import Posting

SHOWN = 20  # answered ones


@applications.get("/readings")
@open_to(Role.TEACHER)
def readings():
    """The oldest first; below, what this teacher has answered."""
    g.section = "students"
    asked = my_readings().where(Reading.answered_at.is_null()).order_by(Reading.asked_at, Reading.id)
    answered = my_readings().where(Reading.answered_at.is_null(False)).order_by(Reading.answered_at.desc()).limit(SHOWN)
    return htmx.page("applications/readings.html", asked=list(asked), answered=list(answered))


def my_readings():
    """With all their rows show, in one query."""
    return (
        Reading.select(Reading, Application, Person, Posting, Employer)
        .join(Application)
        .join(Person, on=Application.student)
        .switch(Application)
        .join(Posting)
        .join(Employer)
        .where(Reading.teacher == who())
    )


@applications.route("/readings/<int:reading_id>", methods=["GET", "POST"])
@open_to(Role.TEACHER)
def reading(reading_id: int):
    """Read the draft and write a few words; only the teacher who was asked."""
    g.section = "students"
    one = my_readings().where(Reading.id == reading_id).first() or abort(404)
    form, status = ReadingForm(), 200
    if form.is_submitted():
        try:
            if form.validate():
                actions.answer_reading(one, who(), form.words.data or "")
                name = one.application.student.first_name
                return htmx.go(url_for("applications.readings"), _("%(name)s has your words.", name=name))
            status = 422
        except Refused as problem:
            form.words.errors, status = [said(problem)], 422
        except NotAllowed:  # answered in another tab
            form.words.errors, status = [_("You have answered this one.")], 409
    return htmx.page(
        "applications/reading.html", status=status, reading=one, application=one.application,
        shown=shown(one.application), form=form, decides_by=decides_by,
    )  # fmt: skip
