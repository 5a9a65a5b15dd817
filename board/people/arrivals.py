"""How people come to the board: invitations, single students, class lists, and the slips to hand out."""

from flask import Blueprint, abort, current_app, g, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from board import htmx
from board.access import open_to, school, who
from board.drawing import said
from board.employers import inviting
from board.employers.model import Employer
from board.forms import whole
from board.moves import Refused
from board.people import accounts, actions, class_list, rules
from board.people.accounts import Taken, TooManyInvitations
from board.people.care import link_of, mail_is_set
from board.people.forms import ClassListForm, InviteForm, StudentForm
from board.people.model import Person, Role
from board.people.roster import adviser_choices, filters_of, find, students_asked_for, values_of

arrivals = Blueprint("arrivals", __name__)

MOST_SLIPS = 500


@arrivals.route("/people/invite", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def invite():
    """Invite a teacher or somebody of an employer; the answer shows the link, this once."""
    g.section = "people"
    form = InviteForm(role=request.args.get("role"), employer=whole(request.args.get("employer")))
    employers = list(Employer.arrived().where(Employer.state != "refused").order_by(Employer.name))
    form.employer.choices = [("", _("Choose an employer")), *((row.id, row.name) for row in employers)]
    if form.validate_on_submit():
        try:
            person, token = make_invitation(form)
            return htmx.page(
                "people/invited.html", person=person, link=link_of(token), lasts=rules.INVITATION_LASTS.days,
                mailed=form.send.data, mail_set=mail_is_set(),
            )  # fmt: skip
        except Taken as problem:
            form[problem.field].errors = [said(problem)]
        except TooManyInvitations as problem:
            form.email.errors = [said(problem)]
        except Refused as problem:
            form.new_employer.errors = [said(problem)]
    return htmx.page("people/invite.html", form=form, status=422 if form.errors else 200)


def make_invitation(form: InviteForm) -> tuple[Person, str]:
    if form.role.data == Role.TEACHER:
        return accounts.invite_teacher(form.name.data, form.email.data, who(), form.send.data)
    employer = Employer.get_by_id(form.employer.data) if form.employer.data else None
    return inviting.invite(
        form.name.data, form.email.data, who(), employer, form.new_employer.data, form.checked.data, form.send.data
    )


@arrivals.route("/students/new", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def new_student():
    g.section = "students"
    form = StudentForm()
    form.adviser.choices = adviser_choices()
    if form.validate_on_submit():
        try:
            student = accounts.add_student(values_of(form), who())
            return htmx.go(
                url_for("roster.students", added=f"{student.id}-{student.id}"),
                _("%(name)s is added. Now print the slip with the sign-in code.", name=student.name),
            )
        except Taken as problem:
            form[problem.field].errors = [said(problem)]
        except Refused as problem:
            form.birth_date.errors = [said(problem)]
    return htmx.page("people/student_new.html", form=form, status=422 if form.errors else 200)


@arrivals.route("/students/import", methods=["GET", "POST"])
@open_to(Role.COORDINATOR)
def import_list():
    """Paste, look at what would happen, confirm. The text stays in the page until it is in the board."""
    g.section = "students"
    form = ClassListForm()
    planned = None
    if form.validate_on_submit():
        try:
            if request.form.get("mark"):
                return take_list(form.text.data, request.form["mark"])
            planned = class_list.plan(form.text.data)
        except Refused as problem:
            form.text.errors = [said(problem)]
            try:
                planned = class_list.plan(form.text.data)
            except Refused:
                planned = None
    status = 422 if form.errors else 200
    return htmx.page(
        "people/import.html",
        form=form,
        plan=planned,
        labels=class_list.LABELS,
        said=said,
        sample=class_list.SAMPLE,
        status=status,
    )


def take_list(text: str, mark: str):
    added, changed, first, last = class_list.apply(text, who(), mark)
    words = [
        ngettext("%(num)d student added.", "%(num)d students added.", added),
        ngettext("%(num)d student changed.", "%(num)d students changed.", changed),
    ]
    if added:
        words.append(_("Now print their slips."))
    added_range = f"{first}-{last}" if added else None
    return htmx.go(url_for("roster.students", added=added_range), " ".join(words))


@arrivals.post("/students/slips")
@open_to(Role.TEACHER)
def slips():
    """Slips with fresh codes for the students ticked, or for all of the list (`all`). Codes are shown this once."""
    g.section = "students"
    query = students_asked_for(filters_of(request.form))
    if not request.form.get("all"):
        ticked = [number for number in map(whole, request.form.getlist("student")) if number]
        query = Person.active().where(Person.role == Role.STUDENT, Person.id.in_(ticked[: MOST_SLIPS + 1]))
    students = list(query.order_by(Person.grade, Person.name).limit(MOST_SLIPS + 1))
    back = url_for("roster.students", **{key: value for key, value in filters_of(request.form).items() if value})
    if not students:
        return htmx.go(back, _("Tick the students who need a slip first."), "look")
    if len(students) > MOST_SLIPS:
        return htmx.go(back, _("That is more than 500 slips. Print them grade by grade."), "look")
    return print_slips(students, back)


@arrivals.post("/students/<int:number>/slip")
@open_to(Role.TEACHER)
def slip(number: int):
    """One slip, for a student who forgot."""
    g.section = "students"
    student = find(number)
    if not student.is_student or student.ended_at:
        abort(404)
    return print_slips([student], url_for("roster.students"))


def print_slips(students: list[Person], back: str):
    codes = actions.make_codes(students, who())
    address = current_app.config["SETTINGS"].base_url.split("://", 1)[1]
    return htmx.page(
        "people/slips.html", students=students, address=address, school_name=school().name, back=back,
        codes={number: actions.spell_code(code) for number, code in codes.items()},
        until=school().today() + rules.CODE_LASTS,
    )  # fmt: skip
