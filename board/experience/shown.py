"""Exactly what outsiders may read of an experience, and nothing else: the public page, the portfolio, the certificate,
the lines for a résumé and the signed badge are made of this alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from board.experience.model import Experience, ExperienceSkill
from board.experience.rules import name_for_strangers, telling
from board.people.model import Person
from board.placements.feedback_rules import SKILL_STEPS

# what a level means, from the one who rated it
LEVELS = dict(enumerate(SKILL_STEPS, 1))


@dataclass(frozen=True)
class ShownSkill:
    name: str
    level: int | None = None
    vouched_by: str = ""  # nobody: used in the project

    @property
    def level_label(self) -> str:
        return LEVELS.get(self.level or 0, "") if self.vouched_by else ""


@dataclass(frozen=True)
class Shown:
    """One experience as its student shows it. What they have not ticked is not in here."""

    number: str  # to name it by, on paper and on the phone
    name: str  # whole from 18 on, else first name and initial
    title: str
    organization: str
    place: str
    began_on: date
    ended_on: date  # the day a teacher signed off
    minutes: int | None = None
    supervisor: str = ""
    supervisor_title: str = ""
    delivered: str = ""
    skills: tuple[ShownSkill, ...] = ()
    quote: str = ""  # of the organization

    @property
    def vouched(self) -> list[ShownSkill]:
        return [skill for skill in self.skills if skill.vouched_by]

    @property
    def vouchers(self) -> dict[str, list[ShownSkill]]:
        """Skills by who vouched for them."""
        found: dict[str, list[ShownSkill]] = {}
        for skill in self.vouched:
            found.setdefault(skill.vouched_by, []).append(skill)
        return found

    @property
    def used(self) -> list[ShownSkill]:
        """Skills nobody has vouched for."""
        return [skill for skill in self.skills if not skill.vouched_by]


def shown_to_strangers(experience: Experience, skills: Iterable[ExperienceSkill], student: Person, shared_on: date, day: date) -> Shown:  # fmt: skip
    """As a stranger reads it on a day, had it been shared on `shared_on`."""
    return of(experience, skills, name_for_strangers(student, shared_on, day), student)


def on_own_paper(experience: Experience, skills: Iterable[ExperienceSkill], student: Person) -> Shown:
    """What the student prints or copies themself and hands to whom they like: with their whole name."""
    return of(experience, skills, student.name, student)


def of(experience: Experience, skills: Iterable[ExperienceSkill], name: str, student: Person) -> Shown:
    quote = experience.quote if experience.shows_quote else ""
    return Shown(
        number=f"E{experience.id:05}",
        name=name,
        title=experience.title,
        organization=experience.organization,
        place=experience.place,
        began_on=experience.began_on,
        ended_on=experience.ended_on,
        minutes=experience.minutes if experience.shows_hours and experience.minutes else None,
        supervisor=experience.supervisor if experience.shows_supervisor else "",
        supervisor_title=experience.supervisor_title if experience.shows_supervisor else "",
        delivered=experience.delivered if experience.shows_delivered else "",
        skills=tuple(
            ShownSkill(row.name, row.level if row.vouched_by else None, row.vouched_by)
            for row in skills if experience.shows_skills and row.shown
        ),
        quote="" if name != student.name and telling(quote, student) else quote,
    )  # fmt: skip
