"""What the school does about a student's home, on the student's page: who is there, what they are asked, what they may be
shown to. The addresses come from the family and the roster, never from the student."""

from flask import Blueprint, abort, current_app, g, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from board import htmx
from board.access import open_to, school, who
from board.applications.model import Application
from board.drawing import said
from board.experience import student_story
from board.guardians import actions
from board.guardians.forms import GuardianForm
from board.guardians.model import Guardian
from board.guardians.shown import project_of
from board.moves import Refused
from board.people.model import LANGUAGES, Person, Role
from board.placements.guardian import match_of

families = Blueprint("families", __name__)


def student_of(number: int) -> Person:
    return Person.get_or_none(Person.id == number, Person.role == Role.STUDENT) or abort(404)


def back(student: Person, words: str, kind: str = "good"):
    return htmx.go(url_for("student_story.show", student_id=student.id) + "#home", words, kind)


@families.post("/students/<int:student_id>/guardians")
@open_to(Role.TEACHER)
def add(student_id: int):
    student, form = student_of(student_id), GuardianForm()
    if not form.validate():
        return student_story.draw(student, 422, guardian_form=form)
    try:
        added = actions.add(student, who(), {field.short_name: field.data for field in form})
    except Refused as problem:
        form.email.errors = [said(problem)]
        return student_story.draw(student, 422, guardian_form=form)
    words = _("%(name)s is written down. What waits for an answer goes to them now.", name=added.name)
    return back(student, words if added.email else _("%(name)s is written down. Without an address, print a slip for them.", name=added.name))  # fmt: skip


@families.post("/students/<int:student_id>/guardians/<int:number>/remove")
@open_to(Role.TEACHER)
def remove(student_id: int, number: int):
    student = student_of(student_id)
    guardian = Guardian.of(student).where(Guardian.id == number).first() or abort(404)
    actions.remove(guardian, who())
    return back(student, _("%(name)s is no longer asked, and their links open nothing.", name=guardian.name))


@families.post("/students/<int:student_id>/shown")
@open_to(Role.TEACHER)
def shown(student_id: int):
    """Whether employers are shown anything of this student."""
    student = student_of(student_id)
    show = request.form.get("shown") == "yes"
    actions.show(student, who(), show)
    words = _("Employers may see this student again.") if show else _("From now on no employer is shown anything of this student.")  # fmt: skip
    return back(student, words)


# -- one application


def load(application_id: int) -> Application:
    """One whose home is asked: under 18, sent, and not over."""
    found = Application.seen_by(who()).where(Application.id == application_id).first() or abort(404)
    return found if actions.is_open(found) or actions.may_ask_early(found) else abort(404)


def back_to(application: Application, words: str, kind: str = "good"):
    """To the page of the match; before there is one, to the student's."""
    placement = match_of(application)
    if placement:
        return htmx.go(url_for("placements.show", placement_id=placement.id) + "#guardian", words, kind)
    return back(application.student, words, kind)


@families.post("/applications/<int:application_id>/guardians/letter")
@open_to(Role.TEACHER)
def letter(application_id: int):
    """A letter to each guardian with an address who has not answered, once more."""
    application = load(application_id)
    try:
        sent = actions.ask(application, who())
    except Refused as problem:
        return back_to(application, said(problem), "look")
    if not sent:
        return back_to(application, _("Nobody with an address is left to ask. Add an address, or print a slip."), "look")  # fmt: skip
    return back_to(application, _("The letter is on its way."))


@families.post("/applications/<int:application_id>/guardians/slip")
@open_to(Role.TEACHER)
def slip(application_id: int):
    """A slip to print, with a link of its own: shown this once, and the one printed before stops working."""
    application, code = load(application_id), request.form.get("language", "")
    code, guardian = code if code in LANGUAGES else "en", None
    if "guardian" in request.form:
        number = request.form.get("guardian", 0, int)
        guardian = Guardian.of(application.student).where(Guardian.id == number).first() or abort(404)
    try:
        token = actions.print_slip(application, who(), code, guardian)
    except Refused as problem:
        return back_to(application, said(problem), "look")
    g.section = "students"
    link = current_app.config["SETTINGS"].base_url.rstrip("/") + actions.address(token)
    placement = match_of(application)
    to = url_for("placements.show", placement_id=placement.id) if placement else url_for("student_story.show", student_id=application.student_id)  # fmt: skip
    with force_locale(code):
        drawn = render_template(
            "guardians/_slip.html", project=project_of(application), student=application.student, link=link, code=code,
            call=actions.call_of(application.student), school_name=school().name, matched=placement is not None,
            guardian=guardian,
        )  # fmt: skip
    return htmx.page("guardians/slip.html", sheet=Markup(drawn), code=code, back=to, student=application.student)
