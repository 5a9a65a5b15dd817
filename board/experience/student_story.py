"""One student's whole story on one page, for the school: what they asked to do, do, and have done."""

from flask import Blueprint, abort, g

from board import htmx
from board.access import open_to, school, who
from board.applications.model import Application
from board.employers.model import Employer
from board.experience.model import Experience
from board.guardians import standing
from board.guardians.forms import GuardianForm
from board.guardians.model import Guardian, is_minor
from board.moves import Step
from board.people import story
from board.people.model import Person, PersonSkill, Role
from board.people.roster import told
from board.placements.lists import rows_of, with_people
from board.placements.model import Placement
from board.placements.reached import ways_of
from board.postings.model import Posting
from board.privacy.disclosures import shown_of
from board.privacy.watching import opened_by
from board.school.model import Skill

stories = Blueprint("student_story", __name__)

MOST = 100  # of each kind; the newest


@stories.get("/students/<int:student_id>")
@open_to(Role.TEACHER)
def show(student_id: int):
    return draw(Person.get_or_none(Person.id == student_id, Person.role == Role.STUDENT) or abort(404))


def draw(student: Person, status: int = 200, guardian_form: GuardianForm | None = None):
    """The page as it stands; `guardian_form`: one that came back with errors."""
    g.section = "students"
    placements = with_people(Placement.select()).where(Application.student == student)
    rows = rows_of(list(placements.order_by(Placement.id.desc()).limit(MOST)), who())
    stuck = any(row.turn and row.turn.urgent for row in rows)
    applications = (
        Application.seen_by(who())
        .select(Application, Posting, Employer)
        .join(Posting)
        .join(Employer)
        .where(Application.student == student)
        .order_by(Application.id.desc())
        .limit(MOST)
    )
    skills = PersonSkill.select(Skill.name).join(Skill).where(PersonSkill.person == student).order_by(Skill.name)
    at_home = list(Guardian.select().where(Guardian.student == student).order_by(Guardian.id))
    experiences = Experience.select().where(Experience.student == student).order_by(Experience.ended_on.desc())
    return htmx.page(
        "people/student_story.html", status=status, guardians=[one for one in at_home if not one.gone_at],
        gone_guardians=[one for one in at_home if one.gone_at], asked=standing.of_student(student),
        guardian_form=guardian_form or GuardianForm(formdata=None), is_minor=is_minor(student, school().today()),
        hidden_by=Step.of(student).where(Step.move == "not_shown").order_by(Step.id.desc()).first() if student.not_shown else None,
        student=student, rows=rows, applications=list(applications),
        way=ways_of([student.id], {student.id} if stuck else set())[student.id],
        skills=[name for (name,) in skills.tuples()], experiences=list(experiences),
        age=student.age_on(school().today()), steps=story.whole(student), told=told, shown_rows=shown_of(student),
        opened=opened_by(student) if who().is_coordinator else [],
    )  # fmt: skip
