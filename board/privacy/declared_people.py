"""What the tables of accounts, mail and moves hold of people."""

from board.applications.model import Application
from board.experience.model import Portfolio
from board.moves import Step
from board.people.model import Person
from board.placements.model import Placement
from board.privacy.held import ERASED, STUDENT, About, Element, Held, Keep, Seen
from board.words import N_

SCHOOL = (Seen.OWN, Seen.TEACHERS, Seen.COORDINATORS)
ONLY_OWN = (Seen.OWN,)


def about_them(person: Person):
    """Steps by a person and about them: of their account, and of what is theirs."""
    mine = Application.select(Application.id).where(Application.student == person)
    things = {
        "application": mine,
        "placement": Placement.select(Placement.id).where(Placement.application.in_(mine)),
        "portfolio": Portfolio.select(Portfolio.id).where(Portfolio.student == person),
    }
    found = (Step.person == person) | ((Step.noun == "person") & (Step.noun_id == person.id))
    for noun, numbers in things.items():
        found |= (Step.noun == noun) & Step.noun_id.in_(numbers)
    return found & (Step.noun != "report")  # what is done for student safety is read by the line of the case alone


PEOPLE: dict[str, Held] = {
    "person": Held(
        N_("Account"),
        (
            Element(N_("Name"), ("name",), N_("To know who is who; an employer reads the first name alone, and a public page the first name and an initial until the student is 18"), (*SCHOOL, Seen.AGREED, Seen.LINK), Keep.ACCOUNT, About.EVERYBODY),
            Element(N_("School e-mail address"), ("email", "claimed_email"), N_("To sign in, and to be told what happened"), (*SCHOOL, Seen.CONTACT), Keep.ACCOUNT, About.EVERYBODY),
            Element(N_("Username"), ("username",), N_("To sign in"), SCHOOL, Keep.ACCOUNT, About.EVERYBODY),
            Element(N_("Password"), ("password_hash",), N_("To sign in"), (Seen.NOBODY,), Keep.ACCOUNT, About.EVERYBODY, masked=True),
            Element(N_("Language"), ("language",), N_("To speak to each person in theirs"), ONLY_OWN, Keep.ACCOUNT, About.EVERYBODY),
            Element(N_("Kind of account, when it was made and closed"), ("role", "created_at", "ended_at"), N_("To show each person what is for them"), SCHOOL, Keep.ACCOUNT, About.EVERYBODY),
            Element(N_("Grade"), ("grade",), N_("To show projects that suit; employers read only “grade 9 or 10” or “grade 11 or 12”"), (*SCHOOL, Seen.EMPLOYER), Keep.ACCOUNT),
            Element(N_("Birth date"), ("birth_date",), N_("To keep the law on work before 18; no employer ever sees it, and teachers read the age alone"), (Seen.OWN, Seen.COORDINATORS), Keep.ACCOUNT),
            Element(N_("Adviser"), ("adviser_id",), N_("So that a teacher looks after each student"), SCHOOL, Keep.ACCOUNT),
            Element(N_("The family wants no directory information given out, or nothing shown to employers"), ("directory_opt_out", "not_shown"), N_("To keep to it"), SCHOOL, Keep.ACCOUNT),
            Element(N_("Employer and job title"), ("employer_id", "title"), N_("So that students know whom they work with"), (*SCHOOL, Seen.STUDENT), Keep.ACCOUNT, About.EMPLOYER),
        ),
        of=(),
        where=lambda person: Person.id == person.id,
        blank={
            "name": ERASED, "email": None, "claimed_email": None, "username": lambda person: f"erased-{person.id}",
            "password_hash": None, "language": None, "title": "", "grade": None, "birth_date": None, "adviser": None,
            "directory_opt_out": None, "not_shown": None,
        },
    ),
    "person_skill": Held(
        N_("Skill they name"),
        (Element(N_("Skills a student names"), ("person_id", "skill_id"), N_("To find projects that suit"), SCHOOL, Keep.ACCOUNT),),
        of=(("person",),), gone=True,
    ),
    "interest": Held(
        N_("Field of interest"),
        (Element(N_("Fields a student wants to hear about"), ("person_id", "field_id"), N_("To show projects that suit"), ONLY_OWN, Keep.ACCOUNT),),
        of=(("person",),), gone=True,
    ),
    "sign_in": Held(
        N_("Browser signed in"),
        (
            Element(N_("Sign-ins: kind of browser and when"), ("person_id", "browser", "created_at", "seen_at", "ended_at", "scope"), N_("So that everybody can see where they are signed in"), (Seen.OWN, Seen.COORDINATORS), Keep.LOGS, About.EVERYBODY),
            Element(N_("The secret in the cookie"), ("secret_hash",), N_("To know the browser again"), (Seen.NOBODY,), Keep.LOGS, About.TECHNICAL, masked=True),
        ),
        of=(("person",),), gone=True,
    ),
    "key": Held(
        N_("Invitation or sign-in code"),
        (
            Element(N_("Invitations and sign-in codes"), ("kind", "person_id", "made_by_id", "expires_at", "used_at", "created_at"), N_("To come to the board the first time, or after a password was forgotten"), (Seen.OWN, Seen.COORDINATORS), Keep.LOGS, About.EVERYBODY),
            Element(N_("The code itself"), ("secret_hash",), N_("To know it when it comes"), (Seen.NOBODY,), Keep.LOGS, About.TECHNICAL, masked=True),
        ),
        of=(("person",),), gone=True,
    ),
    "mail_link": Held(
        N_("Link in a letter"),
        (
            Element(N_("Links sent by mail: to which address, from which browser"), ("kind", "person_id", "email", "asked_from", "next", "expires_at", "used_at", "created_at"), N_("To sign in without a password"), ONLY_OWN, Keep.LOGS, About.EVERYBODY),
            Element(N_("The link itself"), ("secret_hash", "browser_hash"), N_("To know it when it is opened"), (Seen.NOBODY,), Keep.LOGS, About.TECHNICAL, masked=True),
        ),
        of=(("person",),), gone=True,
    ),
    "slowdown": Held(
        N_("Failed tries"),
        (Element(N_("How often a sign-in failed, by a fingerprint of what was typed"), ("account_hash", "failures", "last_at"), N_("To slow down who guesses passwords"), (Seen.NOBODY,), Keep.LOGS, About.TECHNICAL, masked=True),),
    ),
    "calendar_address": Held(
        N_("Calendar address"),
        (
            Element(N_("That somebody uses the calendar"), ("person_id", "created_at"), N_("To show the days that matter in one's own calendar"), ONLY_OWN, Keep.ACCOUNT, About.EVERYBODY),
            Element(N_("The secret address of a calendar"), ("secret_hash",), N_("To know it when it is asked for"), (Seen.NOBODY,), Keep.ACCOUNT, About.TECHNICAL, masked=True),
        ),
        of=(("person",),), gone=True,
    ),
    "mail": Held(
        N_("Letter"),
        (
            Element(N_("Letters that were sent: to whom, when, and what about"), ("person_id", "address", "letter", "language", "thread", "kind", "state", "tries", "next_at", "error", "made_at", "sent_at"), N_("To send them once, and to see which did not arrive"), (Seen.OWN, Seen.COORDINATORS), Keep.LETTERS, About.EVERYBODY),
            Element(N_("What a letter needs until it is sent"), ("content", "message_id"), N_("To write it; emptied once it is sent"), (Seen.NOBODY,), Keep.LETTERS, About.TECHNICAL, masked=True),
        ),
        of=(("person",),), gone=True,
    ),
    "mail_notice": Held(
        N_("Notice that goes by mail"),
        (Element(N_("Which notices went by mail"), ("notice_id", "person_id", "kind", "pace", "mail_id", "made_at"), N_("So that nobody hears twice"), ONLY_OWN, Keep.LOGS, About.EVERYBODY),),
        of=(("person",),), gone=True,
    ),
    "mail_choice": Held(
        N_("Choice of mail"),
        (Element(N_("What somebody wants to hear by mail"), ("person_id", "kind", "pace"), N_("To keep to it"), ONLY_OWN, Keep.ACCOUNT, About.EVERYBODY),),
        of=(("person",),), gone=True,
    ),
    "notice": Held(
        N_("Notice"),
        (Element(N_("Notices, and whether they were read"), ("person_id", "step_id", "read_at", "created_at"), N_("To tell people what happened"), ONLY_OWN, Keep.LOGS, About.EVERYBODY),),
        of=(("person",),), gone=True,
    ),
    "step": Held(
        N_("What happened"),
        (
            Element(N_("What was done, by whom and when"), ("noun", "noun_id", "move", "person_id", "from_state", "to_state", "detail", "at"), N_("So that everybody can see how something came about, and the school can answer for it"), SCHOOL, Keep.BOARD, About.EVERYBODY),
            Element(N_("The reason somebody gave"), ("reason",), N_("So that the other side can understand it"), (*SCHOOL, Seen.EMPLOYER), Keep.LOGS, About.EVERYBODY),
        ),
        plain=("told_at", "tell_at"), where=about_them, blank={"reason": ""},
    ),
    "saved": Held(
        N_("Saved project"),
        (Element(N_("Projects a student saved"), ("student_id", "posting_id", "created_at"), N_("To find them again"), (Seen.STUDENT,), Keep.ACCOUNT),),
        of=(STUDENT,), gone=True,
    ),
    "saved_search": Held(
        N_("Saved search"),
        (Element(N_("Searches a student saved"), ("student_id", "asked", "noticed_on", "created_at"), N_("To tell them what is new"), (Seen.STUDENT,), Keep.ACCOUNT),),
        of=(STUDENT,), plain=("checked_step",), gone=True,
    ),
    "finding": Held(
        N_("Found by a saved search"),
        (Element(N_("What a saved search found"), ("search_id", "posting_id", "looked", "told", "created_at"), N_("To tell the student once"), (Seen.STUDENT,), Keep.ACCOUNT),),
        of=(("search", "student"),), gone=True,
    ),
    "portfolio": Held(
        N_("Portfolio"),
        (
            Element(N_("What stands above a portfolio, and since when it is public"), ("student_id", "about", "shared_at"), N_("For the student's own page of what they have done"), (Seen.STUDENT, Seen.LINK), Keep.ACCOUNT),
            Element(N_("The address of a public page"), ("token",), N_("So that only who has the link finds it"), (Seen.STUDENT, Seen.LINK), Keep.ACCOUNT, About.TECHNICAL, masked=True),
        ),
        of=(STUDENT,), gone=True,
    ),
}  # fmt: skip
