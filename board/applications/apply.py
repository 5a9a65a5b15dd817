"""The page on which a student applies: kept as a draft at every stop, read by a teacher first if they like, sent."""

from flask import abort, g, render_template, request, url_for
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, who
from board.applications import actions
from board.applications.forms import draft_form
from board.applications.model import Application, State
from board.applications.rules import decides_by
from board.applications.views import applications, readings_of, unready
from board.db import now
from board.drawing import said
from board.employers.model import Employer
from board.moves import Refused
from board.people.model import Person, Role
from board.postings.model import Posting
from board.school.model import Field


@applications.route("/projects/<int:posting_id>/apply", methods=["GET", "POST"])
@open_to(Role.STUDENT)
def apply(posting_id: int):
    """GET shows the form, empty or with the draft; nothing is written before the first save."""
    me = who()
    g.section = "applications"
    posting = find(posting_id, me) or abort(404)
    application = actions.live(posting, me)
    wants_save = request.method == "POST" and "why" in request.form
    if application and application.state != State.DRAFT:
        if wants_save and asked_for() == "auto":
            return saved(_("This application has been sent."), 409)
        return htmx.go(url_for("applications.show", application_id=application.id))
    barred = actions.barred_from(posting, me)
    if barred and (request.method == "GET" or not application or asked_for() == "send"):
        return draw_barred(posting, application, said(barred))
    questions, skills = actions.questions_of(posting.id), actions.must_skills(posting.id)
    form = draft_form(questions, skills, Person.staff(), data=typed_before(application, me, questions))
    page = {"posting": posting, "application": application, "form": form, "questions": questions, "skills": skills}
    if request.method == "GET":
        if application and request.args.get("check"):
            put_errors(form, unready(application))
        return draw(page)
    if not wants_save:  # "Apply" on a project's page
        return start(posting, me)
    return keep(page, me)


def find(posting_id: int, me: Person) -> Posting | None:
    """A project a student sees, has a draft for, or had open in the browser when it left the board."""
    query = Posting.seen_by(me) if request.method == "GET" else Posting.select().where(Posting.opened_at.is_null(False))
    drafted = Application.select(Application.posting).where(Application.student == me, Application.state == State.DRAFT)
    seen = Posting.id.in_(query.select(Posting.id)) | (Posting.id.in_(drafted) & Posting.held_at.is_null())
    return (
        Posting.select(Posting, Employer, Field)
        .join(Employer)
        .switch(Posting)
        .left_outer_join(Field)
        .where(Posting.id == posting_id, seen)
        .first()
    )


def asked_for() -> str:
    return request.form.get("do", "")


def start(posting: Posting, me: Person):
    try:
        actions.begin(posting, me)
    except Refused as problem:
        return draw_barred(posting, None, said(problem))
    return htmx.go(url_for("applications.apply", posting_id=posting.id))


def keep(page: dict, me: Person):
    """Save what was typed, then do what the button said."""
    posting, form, do = page["posting"], page["form"], asked_for()
    if not form.validate():
        return saved(_("Not saved: a text is too long."), 422) if do == "auto" else draw(page, 422)
    try:
        application = page["application"] = page["application"] or actions.begin(posting, me)
        actions.save(application, me, form.why.data, answers_in(page), evidence_in(page))
        if do == "auto":
            return saved(_("Saved"))
        if do == "ask":
            return ask(page, me)
        if do == "send":
            actions.submit(Application.get_by_id(application.id), me)
            return htmx.go(url_for("applications.show", application_id=application.id), _("Your application is sent."))
    except actions.NotReady:
        put_errors(form, unready(Application.get_by_id(application.id)))
        return draw(page, 422)
    except Refused as problem:
        return saved(said(problem), 409) if do == "auto" else draw_barred(posting, page["application"], said(problem))
    if do == "preview":
        return htmx.go(url_for("applications.show", application_id=application.id))
    return htmx.go(
        url_for("applications.apply", posting_id=posting.id),
        _("Your draft is saved. You find it under My applications."),
    )


def ask(page: dict, me: Person):
    """Ask a teacher to read the draft."""
    field = page["form"].teacher
    teacher = next((person for person in Person.staff() if str(person.id) == field.data), None)
    if teacher is None:
        field.errors = [_("Choose a teacher.")]
        return draw(page, 422)
    actions.ask_to_read(Application.get_by_id(page["application"].id), me, teacher)
    return htmx.go(
        url_for("applications.apply", posting_id=page["posting"].id),
        _("Your draft is saved, and %(name)s is asked to read it.", name=teacher.name),
    )


def typed_before(application: Application | None, me: Person, questions) -> dict:
    """The draft as form data. An answer stays with its question, not with its number."""
    data = {"teacher": str(me.adviser_id or "")}
    if application:
        data["why"] = application.why
        given = {row.asked: row.words for row in application.answers}
        data |= {f"answer-{question.position}": given.get(question.words, "") for question in questions}
        for row in application.evidence:
            data |= {f"kind-{row.skill_id}": row.kind or "", f"evidence-{row.skill_id}": row.words}
    return data


def answers_in(page: dict) -> dict[int, str]:
    return {row.position: page["form"][f"answer-{row.position}"].data or "" for row in page["questions"]}


def evidence_in(page: dict) -> dict[int, dict]:
    form = page["form"]
    return {
        skill.id: {"kind": form[f"kind-{skill.id}"].data, "words": form[f"evidence-{skill.id}"].data or ""}
        for skill in page["skills"]
    }


def put_errors(form, found: list[tuple[str, str]]) -> None:
    for where, words in found:
        form[where].errors = [*form[where].errors, words] if where in form else form.why.errors


def draw(page: dict, status: int = 200):
    application = page["application"]
    reading = readings_of([application]).get(application.id) if application else None
    return htmx.page(
        "applications/apply.html", status=status, reading=reading, decides_by=decides_by(page["posting"]), **page
    )


def draw_barred(posting: Posting, application: Application | None, words: str):
    """Why not, before anything is written; what was typed in the meantime is shown to be kept."""
    typed = [
        value for name, value in request.form.items() if name.startswith(("why", "answer-", "evidence-")) and value
    ]
    status = 200 if request.method == "GET" else 409
    return htmx.page(
        "applications/barred.html", status=status, posting=posting, application=application, words=words, typed=typed
    )


def saved(words: str, status: int = 200):
    """The small region beside the buttons; the form itself is never swapped."""
    return render_template("applications/_saved.html", words=words, at=now() if status == 200 else None), status
