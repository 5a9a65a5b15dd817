"""Fills an empty board with the demo school. Everything goes through the actions, so that its history is real."""

import secrets
import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from board import notices
from board.audit import chain, trail
from board.audit.model import Kind
from board.audit.rules import facts_of, kind_of, packed
from board.db import database, now
from board.demo import families, histories, placements, vetting, year
from board.demo.clock import Clock
from board.employers import actions as employers
from board.employers.model import Employer, Supervisor
from board.mail.model import Mail, MailNotice
from board.moves import Step
from board.people.actions import hasher
from board.people.model import Interest, Person, PersonSkill, Role, SignIn
from board.people.sessions import digest
from board.postings.model import Posting, PostingSkill, Saved, State
from board.school import actions as school_actions
from board.school.model import Field, School, Skill, SkillState
from board.search import index
from board.suggestions import actions as suggestions

HERE = Path(__file__).parent
PASSWORD = "river otter notebook"  # everybody's in the demo; an invented school has nothing to hide
# one account of each kind, as it signs in
ACCOUNTS = (
    ("student", "Student"), ("teacher@lincoln.example", "Teacher"),
    ("coordinator@lincoln.example", "Coordinator"), ("rosalind@hearthside.example", "Employer"),
)  # fmt: skip
READ_AFTER = timedelta(days=2)  # older notices have been read


class NotEmpty(Exception):
    """The board holds people; the demo goes into an empty one only."""


def load(name: str) -> dict:
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


def seed(progress: Callable[[], None] = lambda: None) -> None:
    """The demo school into this database, in one transaction, and its index. Raises NotEmpty.

    `progress()` is called once for every posting (see `size`).
    """
    with index.later(), database.atomic(), trail.put_off(write_trail):
        if Person.select().exists():
            raise NotEmpty
        open_school(load("people")["school"])
        clock = Clock(School.here().zone)
        people = staff(clock) | students(clock)
        people |= organisations(clock, people["harriet-lindgren"])
        home, projects = load("families"), {}
        families.write_down(home["guardian"], people, people["harriet-lindgren"])
        clock.happened(79)
        stories, matches = load("applications"), load("placements")["placement"]
        for number, project in enumerate(load("projects")["project"]):
            own = [row for row in stories["application"] if row["project"] == project["key"]]
            reports = [row for row in stories["report"] if row["project"] == project["key"]]
            posting = histories.play(number, project, own, reports, people, clock)
            projects[project["key"]] = posting.id
            for row in matches:
                if row["project"] == project["key"]:
                    placements.play(row, people[project["by"]], posting, people, clock)
            progress()
        families.play(home, projects, people, clock)
        settle_employers(people["harriet-lindgren"], clock)
        suggest(people, clock)
        year.write(School.here().today(), people["harriet-lindgren"])
        name_safety(people, people["harriet-lindgren"])
        clock.happened(100)
        accept_skills()
        save_some()
        sign_in_once()
        Person.update(password_hash=hasher.hash(PASSWORD)).execute()
        clock.put_in_order()
        tell()
    index.rebuild()


def size() -> int:
    return len(load("projects")["project"])


def open_school(row: dict) -> None:
    if School.here() is None:
        school_actions.found(row["name"], row["state"], row["time_zone"], row["minimum_age"])
    School.update(
        name=row["name"], state=row["state"], time_zone=row["time_zone"], open_to_visitors=True,
        minimum_pay_cents=round(row["minimum_pay"] * 100),
    ).execute()  # fmt: skip


def name_safety(people: dict[str, Person], by: Person) -> None:
    school_actions.change_settings(School.here(), by, {
        "safety_person": by.id, "safety_backup": people["ellen-whitehorse"].id, "safety_phone": "(541) 555-0142",
    })  # fmt: skip


def staff(clock: Clock) -> dict[str, Person]:
    made = {}
    for row in load("people")["teacher"]:
        made[row["key"]] = Person.create(
            role=row.get("role", Role.TEACHER), name=row["name"], email=row["email"], title=row["subject"]
        )
    clock.happened(220)
    return made


def students(clock: Clock) -> dict[str, Person]:
    teachers = {row["key"]: row["email"] for row in load("people")["teacher"]}
    fields = {field.slug: field for field in Field.select()}
    day = School.here().today()
    made = {}
    for row in load("people")["student"]:
        made[row["key"]] = student = Person.create(
            role=Role.STUDENT, name=row["name"], username=row["username"], email=row.get("email"), grade=row["grade"],
            birth_date=born(day, row),
            adviser=Person.get(Person.email == teachers[row["adviser"]]),
        )  # fmt: skip
        skills = school_actions.skills_named(row["skills"], student)
        PersonSkill.insert_many([{"person": student, "skill": skill} for skill in skills]).execute()
        Interest.insert_many([{"person": student, "field": fields[slug]} for slug in row["interests"]]).execute()
    clock.happened(80)
    return made


def born(day: date, row: dict) -> date | None:
    """The day so many years and months ago, on the third so that it exists in every month; or 18 years before the day
    that lies `came_of_age` days back."""
    if "came_of_age" in row:
        birthday = day - timedelta(days=row["came_of_age"])
        return date(birthday.year - 18, birthday.month, min(birthday.day, 28))
    if "born_years" not in row:
        return None
    months = day.year * 12 + day.month - 1 - row["born_years"] * 12 - row["born_months"]
    return date(months // 12, months % 12 + 1, 3)


def organisations(clock: Clock, coordinator: Person) -> dict[str, Person]:
    """Employers and their people. Those that fall from grace later begin as verified."""
    made = {}
    for number, row in enumerate(load("employers")["employer"]):
        known_for = 6 - number % 5 if row["state"] in ("unverified", "refused") else 200 - number * 4
        organisation = {key: row.get(key, "") for key in ("name", "size", "place", "website", "about", "offer")}
        first, *more = row["people"]
        made[first["key"]] = person = employers.join(organisation, first["name"], first["email"], first["title"])
        employer = person.employer
        for other in more:
            made[other["key"]] = Person.create(
                role=Role.EMPLOYER, name=other["name"], email=other["email"], title=other["title"], employer=employer
            )
        named = [{"name": one["name"], "title": one["title"]} for one in row["supervisors"]]
        Supervisor.insert_many([{"employer": employer, **one} for one in named]).execute()
        Employer.update(created_at=clock.before(known_for)).where(Employer.id == employer.id).execute()
        clock.happened(known_for)
        if row["state"] in ("verified", "suspended"):
            vetting.check(number, employer, row, coordinator)
            employers.move("verify", employer, coordinator)
            clock.happened(known_for - 2)
            vetting.set_days(employer, row, known_for - 2)
        elif "looked_at" in row:
            vetting.begin(employer, row, coordinator)
            clock.happened(known_for - 1)
    return made


def settle_employers(coordinator: Person, clock: Clock) -> None:
    for row in load("employers")["employer"]:
        employer = Employer.get(Employer.name == row["name"])
        if row["state"] == "suspended":
            employers.move("suspend", employer, coordinator, "The last student's pay came three weeks late.")
            clock.happened(21)
        elif row["state"] == "refused":
            employers.move("refuse", employer, coordinator, "We could not confirm who would be with the student.")
            clock.happened(1)


def suggest(people: dict[str, Person], clock: Clock) -> None:
    """What students would like to see here; one is answered."""
    for row in load("suggestions")["suggestion"]:
        made = suggestions.suggest(people[row["student"]], row)
        clock.happened(row["days_ago"])
        if "declined" in row:
            suggestions.decline(made, people["harriet-lindgren"], row["declined"])
            clock.happened(row["days_ago"] - 3)


def accept_skills() -> None:
    """The school has taken up the skills of postings it approved and of its students; the others wait."""
    approved = PostingSkill.select(PostingSkill.skill).join(Posting).where(Posting.opened_at.is_null(False))
    students = PersonSkill.select(PersonSkill.skill)
    Skill.update(state=SkillState.APPROVED).where(Skill.id.in_(approved) | Skill.id.in_(students)).execute()


def save_some() -> None:
    """Every student but some has kept a project or two of a field they like."""
    for number, student in enumerate(Person.select().where(Person.role == Role.STUDENT)):
        liked = Posting.select().where(
            Posting.state == State.OPEN,
            Posting.field.in_(Interest.select(Interest.field).where(Interest.person == student)),
        )
        kept = list(liked.order_by(Posting.id))[number % 3 : number % 3 + (number + 3) % 4]
        for posting in kept:
            Saved.create(student=student, posting=posting, created_at=now() - timedelta(days=number % 5, hours=3))


def sign_in_once() -> None:
    """Most people have been here before, from a browser they closed again; every ninth has not come yet."""
    rows = []
    for number, person in enumerate(Person.select(Person.id).order_by(Person.id)):
        if number % 9 == 4 and number > 6:
            continue
        at = now() - timedelta(days=1 + number % 12, hours=number % 8)
        rows.append({"person": person.id, "secret_hash": digest(secrets.token_hex()), "browser": "Chrome on Chromebook",
                     "created_at": at, "seen_at": at, "ended_at": at})  # fmt: skip
    SignIn.insert_many(rows).execute()


def tell() -> None:
    """Notices of everything that happened; those of the past have been read."""
    notices.deliver()
    Mail.delete().execute()  # nobody gets letters of a past that is invented
    MailNotice.delete().execute()
    notices.Notice.update(read_at=now()).where(notices.Notice.created_at < now() - READ_AFTER).execute()


def write_trail() -> None:
    """What happened, as the trail would have it had it been there all the time; and the chain is followed once."""
    rows = [
        (step.at, kind_of(step.noun, step.move), step.move, step.person_id, step.noun, step.noun_id, step.id,
         step.from_state, step.to_state, packed(facts_of(step.facts)))
        for step in Step.select()
    ]  # fmt: skip
    for row in SignIn.select():
        which = row.person_id, "sign_in", row.id, None, "", "", ""
        rows += [(row.created_at, Kind.SIGN_IN, "people.sign_in", *which), (row.ended_at, Kind.SIGN_OUT, "", *which)]
    trail.note_all(sorted(rows, key=lambda row: row[0]))
    chain.check()
