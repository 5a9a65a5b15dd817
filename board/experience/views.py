"""What a student keeps of finished projects: the list, what shows of each, lines for a résumé, the certificate."""

from flask import Blueprint, abort, flash, g, request, url_for
from flask_babel import gettext as _

from board import htmx
from board.access import open_to, school, who
from board.drawing import local, said
from board.experience import actions, drawn, resume, rules
from board.experience.forms import GuardianForm
from board.experience.model import Experience, ExperienceSkill
from board.experience.portfolio import agreed_of
from board.experience.shown import LEVELS, on_own_paper, shown_to_strangers
from board.experience.story import story_of
from board.moves import Refused
from board.people.model import Person, Role
from board.placements.model import About, EmployerFeedback, GuardianYes, is_minor
from board.postings.sharing import absolute
from board.school.model import today

experience = Blueprint("experience", __name__)
drawn.add_to(experience)


@experience.before_request
def mark_section():
    g.section = "experience"


@experience.get("/experience")
@open_to(Role.STUDENT)
def mine():
    """Newest first."""
    me = who()
    rows = list(newest_first(Experience.seen_by(me)))
    agreed = agreed_of(me)
    public = {row.id for row in rows if row.token and rules.may_share(me, today(), row.placement_id in agreed)}
    return htmx.page(
        "experience/mine.html", rows=rows, public=public, minutes=sum(row.minutes for row in rows),
        organizations=len({row.organization for row in rows}),
    )  # fmt: skip


def newest_first(query):
    return query.order_by(Experience.ended_on.desc(), Experience.id.desc())


def load(number: int) -> Experience:
    """With its student. Whoever may not see it gets 404."""
    query = Experience.seen_by(who()).select(Experience, Person).join(Person, on=Experience.student)
    return query.where(Experience.id == number).first() or abort(404)


def skills_of(found: Experience) -> list[ExperienceSkill]:
    return list(ExperienceSkill.select().where(ExperienceSkill.experience == found).order_by(ExperienceSkill.id))


@experience.get("/experience/<int:number>")
@open_to(Role.STUDENT, Role.TEACHER)
def show(number: int):
    return draw(load(number))


def draw(found: Experience, status: int = 200, problem: str = "", form: GuardianForm | None = None):
    """The page as it stands: for its student, or for the school."""
    me, student, day = who(), found.student, today()
    if not me.is_student:
        g.section = "students"
    agreed = GuardianYes.get_or_none(
        GuardianYes.placement == found.placement_id,
        GuardianYes.about == About.SHARING,
        GuardianYes.withdrawn_at.is_null(),
    )
    obstacle = rules.obstacle(student, day, agreed is not None)
    skills = skills_of(found)
    shared_on = local(found.shared_at).date() if found.shared_at else day
    seen = shown_to_strangers(found, skills, student, shared_on, day)
    own = on_own_paper(found, skills, student)
    address = absolute(f"/verify/{found.token}") if found.token and not obstacle else ""
    values = {
        "found": found, "student": student, "skills": skills, "seen": seen, "address": address, "obstacle": obstacle,
        "agreed": agreed, "is_minor": is_minor(student, day), "problem": problem, "steps": story_of(found), "levels": LEVELS,
        "hides_quote": bool(found.quote and found.shows_quote and not seen.quote),
    }  # fmt: skip
    if not me.is_student:
        return htmx.page("experience/staff.html", status=status, form=form or GuardianForm(formdata=None), **values)
    name = school().name
    return htmx.page(
        "experience/show.html", "experience", status, **values,
        lines={"one": resume.one_line(own), "two": resume.two_lines(own), "bullets": resume.bullets(own, name, address)},
        linkedin=resume.linkedin(seen, name, address) if address and rules.may_use_linkedin(student, day) else "",
        reference=reference_of(found), in_full=rules.in_full(student, shared_on, day),
    )  # fmt: skip


def reference_of(found: Experience) -> str:
    """Who may be named as a reference."""
    given = EmployerFeedback.get_or_none(EmployerFeedback.placement == found.placement_id)
    return given.person.name if found.may_name_reference and given and given.person else ""


def answer(found: Experience, words: str = "", at: str = ""):
    """After something was done: the page as it stands now; plain browsers go back to the part they came from."""
    if htmx.wants_piece():
        if words:
            flash(words, "good")
        return draw(load(found.id))
    return htmx.go(url_for("experience.show", number=found.id) + (f"#{at}" if at else ""), words)


@experience.post("/experience/<int:number>/show")
@open_to(Role.STUDENT)
def choose(number: int):
    """What shows: ticks by name, skills by number."""
    found = load(number)
    shows = {name: name in request.form for name in actions.SHOWS}
    actions.choose(found, who(), shows, {int(one) for one in request.form.getlist("skill") if one.isdecimal() and len(one) < 12})  # fmt: skip
    # with script each tick saves by itself, and the page shows what became of it
    return answer(found, "" if htmx.wants_piece() else _("Saved: this is what shows."), "seen")


@experience.post("/experience/<int:number>/share")
@open_to(Role.STUDENT)
def share(number: int):
    found = load(number)
    try:
        actions.share(found, who())
    except Refused as problem:
        return draw(found, 422, said(problem))
    return answer(found, _("There is a public page now. Copy its address and give it to whoever you like."), "public")


@experience.post("/experience/<int:number>/stop-sharing")
@open_to(Role.STUDENT)
def stop_sharing(number: int):
    found = load(number)
    actions.stop_sharing(found, who())
    return answer(found, _("The public page is gone. Its address leads nowhere from now on."), "public")


@experience.get("/experience/<int:number>/certificate")
@open_to(Role.STUDENT, Role.TEACHER)
def certificate(number: int):
    """One sheet of paper, with what the student has ticked."""
    found = load(number)
    lead = found.placement.lead
    agreed = actions.has_yes(found)
    public = found.token and rules.may_share(found.student, today(), agreed)
    return htmx.page(
        "experience/certificate.html", found=found, shown=on_own_paper(found, skills_of(found), found.student),
        lead=lead, address=absolute(f"/verify/{found.token}") if public else "",
    )  # fmt: skip


# -- the school


@experience.post("/experience/<int:number>/guardian")
@open_to(Role.TEACHER)
def guardian_yes(number: int):
    found = load(number)
    form = GuardianForm()
    if not form.validate_on_submit():
        return draw(found, 422, form=form)
    try:
        actions.record_yes(found, who(), form.signed_on.data)
    except Refused as problem:
        return draw(found, 422, said(problem), form)
    return answer(found, _("Written down. %(name)s can share this experience now.", name=found.student.first_name), "guardian")  # fmt: skip


@experience.post("/experience/<int:number>/guardian-no")
@open_to(Role.TEACHER)
def guardian_no(number: int):
    found = load(number)
    actions.withdraw_yes(found, who())
    return answer(found, _("Written down. Nobody can read the public page any more."), "guardian")
