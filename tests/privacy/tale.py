"""One student's way over the board, told step by step, so that every reader can look at it after each of them.

Whatever the board holds of this student is a word that occurs nowhere else: who reads the word has learned the datum.
What ends differently (a no at home, an employer who says no, a person erased) is told aside: the board is then put back.
"""

import io
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from board import kept
from board.applications import actions as applications
from board.applications.model import Application, Reading, Reason
from board.asked import of_frame
from board.calendar import actions as calendars
from board.db import database
from board.experience import actions as experience
from board.experience import portfolio
from board.experience.model import Experience, Portfolio
from board.guardians import actions as guardians
from board.guardians import asking
from board.guardians.model import Word
from board.people import accounts
from board.people.model import Person, PersonSkill
from board.placements import agreement_actions as agreements
from board.placements import check_in_actions as check_ins
from board.placements import completing_actions as completing
from board.placements import ending_actions as ending
from board.placements import feedback_actions as feedback
from board.placements import handing_actions as handing
from board.placements import hours_actions as hours
from board.placements import match_actions as matches
from board.placements import messages_actions as messages
from board.placements import plan_actions as plans
from board.placements.feedback_rules import EMPLOYER_ASKED, STUDENT_ASKED
from board.placements.hours_rules import Work
from board.placements.match_rules import Choice
from board.placements.model import CheckIn, HoursEntry, Party, Placement
from board.postings.model import SavedSearch
from board.privacy import corrections
from board.privacy.erase import erase
from board.school.model import School, Skill, today
from board.search import facts, index, scores
from board.suggestions import actions as suggestions
from tests import factories

NAME = "Xanthe Quillfeather"
FIRST, LAST = NAME.split()
PHONE = "503 555 0177"
WORDS = {  # what is written or kept of the student: the datum, and the words that say it
    "why": "I letter signs and dream of marzipan letterheads, every weekend of the year.",
    "answers": "Mostly ampersands, drawn with a goosequill.",
    "evidence": "The menu of the tanglewood picnic.",
    "reading": "Lead with the calligraphy of the whortleberry poster.",
    "guardian_asks": "Who is at the bookbindery after six?",
    "permit": "PX-77-4410",
    "hours": "Kerned the zeppelin headline.",
    "messages": "My sketch of the lighthousekeeper is ready.",
    "held": f"Call me, {PHONE}, about the sketch.",
    "check_in": "Nobody explained the guillotine to me.",
    "file": "walrus-sketch.txt",
    "hand_in": "Both sides, on the eggshell paper.",
    "quote": "Set every line with a steady hand, even the colophon.",
    "reflection": "I learned how a deckle edge is made.",
    "ending": "My grandmother needs me at the orchardhouse.",
    "refusal": "Another one knew letterpress rollers.",
    "report": "He wanted to meet at the boathouse.",
    "suggestion": "My neighbor makes harpsichords there.",
    "about": "I like to draw catenary curves.",
    "correction": "My middle name is Peregrina.",
}
TELLING = {  # the part of those words that occurs nowhere else on the board
    "why": ["marzipan"], "answers": ["goosequill"], "evidence": ["tanglewood"], "reading": ["whortleberry"],
    "guardian_asks": ["bookbindery"], "permit": ["PX-77-4410"], "hours": ["zeppelin"],
    "messages": ["lighthousekeeper"], "held": [PHONE], "check_in": ["guillotine to me"], "file": ["walrus-sketch", "walrus by the sea"],
    "hand_in": ["eggshell"], "quote": ["colophon"], "reflection": ["deckle"], "ending": ["orchardhouse"],
    "refusal": ["letterpress rollers"], "report": ["boathouse"], "search": ["q=posterfair"], "suggestion": ["harpsichords"],
    "about": ["catenary"], "correction": ["Peregrina"],
}  # fmt: skip

STAGES = {  # in the order in which it is told, by what stands for it in the table
    "looking": ("1", "looks around: nothing is sent"),
    "draft": ("2", "writes an application; the class teacher was asked to read it"),
    "applied": ("3", "has sent it; home is asked"),
    "not_selected": ("a", "3, and somebody else was chosen"),
    "withdrawn": ("b", "3, and withdrawn by the student"),
    "shortlisted": ("4", "shortlisted"),
    "offered": ("5", "has an offer"),
    "accepted": ("6", "has taken it; no teacher has agreed yet"),
    "not_agreed": ("c", "6, and the teacher does not agree"),
    "agreed": ("7", "a teacher has agreed; no yes from home yet"),
    "home_asks": ("d", "7, and home wants to talk to the school first"),
    "home_no": ("e", "7, and home says no"),
    "opted_out_early": ("f", "7, and the family wants no directory information given out"),
    "yes": ("8", "home says yes"),
    "yes_back": ("g", "8, and home takes it back"),
    "running": ("9", "at work"),
    "not_shown": ("h", "9, and the family wants nothing shown to employers any more"),
    "ended_early": ("i", "9, and ended early"),
    "reported": ("j", "9, and the student says that something felt wrong"),
    "handed_in": ("10", "handed in, and taken"),
    "completed": ("11", "signed off; both have given feedback"),
    "shared": ("12", "made public by the student, with a yes from home"),
    "opted_out": ("k", "12, and the family wants no directory information given out"),
    "left": ("l", "12, and the account is closed"),
    "erased": ("m", "12, and the student is erased"),
}


class Tale:
    """The story, and who is in it; `student`, `application`, `placement` and `kept` are as they stand."""

    def __init__(self, app, cast, settings):
        self.app, self.cast, self.settings = app, cast, settings
        self.application = self.placement = self.kept = None
        self.verify = self.folder = ""
        # 16 whenever it is told, on a day that no page says otherwise: five months from all that goes on
        day = today() - timedelta(days=160)
        self.born = date(day.year - 16, day.month, 24)
        cast.rosa = factories.make_person("employer", "Rosa Vega", employer=cast.cedar)
        cast.park = factories.make_person("teacher", "Ines Park")
        cast.holm = factories.make_person("teacher", "Agnes Holm")
        School.update(safety_person=cast.holm.id, open_to_visitors=True, guardian_asked_when="apply").execute()
        self.student = Person.create(
            role="student", name=NAME, email="kestrel@school.example", username="zorblax9", grade=12,
            birth_date=self.born, adviser=cast.okafor,
        )  # fmt: skip
        home = {"name": "Wilhelmina Oakhurst", "email": "heron@home.example", "language": "en", "relation": "aunt"}
        self.guardian = guardians.add(self.student, cast.okafor, home)
        self.other_guardian = guardians.add(cast.leo, cast.okafor, {"name": "Lin Chen", "email": "lin@home.example", "language": "en", "relation": "mother"})  # fmt: skip
        self.posting = factories.make_posting(
            "open", cast.cedar, **factories.ON_SITE, title="Poster for the fair", hours=12
        )
        other = factories.make_posting("open", cast.mill, title="Menu for the cafe")
        self.other = factories.make_application("accepted", other, cast.leo)
        self.profile()
        self.calendars = {
            one.id: calendars.make(one) for one in (self.student, cast.dana, cast.okafor, cast.omar, cast.leo)
        }
        self.links = {}
        index.rebuild()

    # -- what is looked for

    @property
    def secrets(self) -> dict[str, list[str]]:
        born = self.born
        found = TELLING | {
            "first_name": [FIRST], "last_name": [LAST], "mail": ["kestrel@school.example"], "username": ["zorblax9"],
            "birth_date": [born.isoformat(), f"{born:%b} {born.day}, {born.year}", f"{born:%B} {born.day}"],
            "guardian": ["Wilhelmina", "Oakhurst", "heron@home"], "age": ["16 years old", "17 years old"],
            "grade": ["grade 12", "12th grade", '"grade": 12', '"grade":12'], "band": ["grade 11 or 12"], "skill": ["marbling"],
        }  # fmt: skip
        if self.application:
            found["code"] = [f"Student {self.application.code}"]
        return found

    # -- the way

    def steps(self) -> Iterator[str]:
        yield "looking"
        self.drafts()
        yield "draft"
        self.sends()
        yield "applied"
        with self.aside():
            self.is_not_selected()
            yield "not_selected"
        with self.aside():
            applications.withdraw(self.application, self.student)
            yield "withdrawn"
        applications.shortlist(self.application, self.cast.dana)
        yield "shortlisted"
        applications.offer(self.application, self.cast.dana, today() + timedelta(days=3))
        yield "offered"
        self.accepts()
        yield "accepted"
        with self.aside():
            matches.not_agree(self.placement, self.cast.okafor, "The way there is too long.")
            yield "not_agreed"
        self.is_agreed()
        yield "agreed"
        with self.aside():
            self.answers(Word.QUESTION)
            yield "home_asks"
        with self.aside():
            self.answers(Word.NO)
            yield "home_no"
        with self.aside():
            accounts.change(self.student, self.cast.ruiz, {"directory_opt_out": True})
            yield "opted_out_early"
        self.answers(Word.YES)
        yield "yes"
        with self.aside():
            guardians.withdraw(self.link_row())
            yield "yes_back"
        self.starts()
        self.works()
        yield "running"
        with self.aside():
            guardians.show(self.student, self.cast.okafor, False)
            yield "not_shown"
        with self.aside():
            ending.end_early(self.placement, self.student, "plans", WORDS["ending"])
            yield "ended_early"
        with self.aside():
            factories.make_report("placement", self.placement.id, self.student, WORDS["report"])
            yield "reported"
        self.hands_in()
        yield "handed_in"
        self.is_signed_off()
        yield "completed"
        self.shares()
        yield "shared"
        with self.aside():
            accounts.change(self.student, self.cast.ruiz, {"directory_opt_out": True})
            yield "opted_out"
        with self.aside():
            accounts.end_account(self.student, self.cast.ruiz)
            yield "left"
        erase(self.student, self.cast.ruiz, self.settings.data)
        yield "erased"

    # -- what happens in it

    @contextmanager
    def aside(self):
        """What happens in here did not happen: afterwards the board is as it was."""
        kept_rows = self.application, self.placement, self.kept
        copy = sqlite3.connect(":memory:")
        database.connection().backup(copy)
        yield
        copy.backup(database.connection())
        copy.close()
        self.application, self.placement, self.kept = kept_rows
        for some in (kept, of_frame, facts, scores):
            some.forget()
        self.again()

    def again(self) -> None:
        """All three as they stand now."""
        self.student = Person.get_by_id(self.student.id)
        self.application = self.application and Application.get_by_id(self.application.id)
        self.placement = self.placement and Placement.get_by_id(self.placement.id)

    def profile(self) -> None:
        marbling = Skill.create(name="Marbling", slug="marbling", folded="marbling", state="approved")
        PersonSkill.create(person=self.student, skill=marbling)
        SavedSearch.create(student=self.student, asked="q=posterfair")
        idea = {
            "organization": "Strings and Keys",
            "place": "Alder Falls",
            "why": WORDS["suggestion"],
            "known": "a friend",
        }
        suggestions.suggest(self.student, idea)
        portfolio.say_about(self.student, WORDS["about"])
        corrections.ask(self.student, WORDS["correction"])

    def drafts(self) -> None:
        self.application = applications.begin(self.posting, self.student)
        skills = applications.must_skills(self.posting.id)
        evidence = {skill.id: {"kind": "club", "words": WORDS["evidence"]} for skill in skills}
        applications.save(self.application, self.student, WORDS["why"], {1: WORDS["answers"]}, evidence)
        self.again()
        applications.ask_to_read(self.application, self.student, self.cast.okafor)
        reading = Reading.get(Reading.application == self.application)
        applications.answer_reading(reading, self.cast.okafor, WORDS["reading"])

    def sends(self) -> None:
        applications.submit(self.application, self.student)
        self.again()

    def is_not_selected(self) -> None:
        applications.not_select(self.application, self.cast.dana, Reason.CLOSE_CALL, WORDS["refusal"])

    def accepts(self) -> None:
        applications.accept(Application.get_by_id(self.application.id), self.student)
        self.placement = Placement.get(Placement.application == self.application)
        self.again()

    def is_agreed(self) -> None:
        day = today()
        choice = Choice(
            self.cast.okafor, self.cast.ruiz, self.placement.supervisor, self.placement.starts_on, self.placement.due_on
        )
        matches.agree(self.placement, self.cast.okafor, choice, 1)
        self.again()
        agreements.set_permit(self.placement, self.cast.okafor, True, WORDS["permit"], day)

    def link_row(self):
        return asking.find(self.links["home"])

    def answers(self, word: Word) -> None:
        """At home, by the link."""
        guardians.answer(
            self.link_row(), word, "Wilhelmina Oakhurst", "en", WORDS["guardian_asks"] if word == Word.QUESTION else ""
        )
        self.again()

    def starts(self) -> None:
        factories.sign_all(self.placement)
        plans.start(Placement.get_by_id(self.placement.id), self.cast.okafor)
        self.again()

    def works(self) -> None:
        placement, student = self.placement, self.student
        hours.log(placement, student, Work(today(), WORDS["hours"], 60))
        messages.write(placement, student, WORDS["messages"])
        messages.write(placement, student, WORDS["held"])
        handing.add_file(placement, student, WORDS["file"], io.BytesIO(b"A walrus by the sea."))
        CheckIn.create(placement=placement, due_on=today(), party=Party.STUDENT)
        check_ins.answer(placement, student, False, WORDS["check_in"])

    def hands_in(self) -> None:
        handing.deliver(self.placement, self.student, WORDS["hand_in"])
        handing.accept(Placement.get_by_id(self.placement.id), self.cast.dana, 1, "Thank you.")
        entries = HoursEntry.select().where(HoursEntry.placement == self.placement)
        hours.confirm(
            Placement.get_by_id(self.placement.id), self.cast.dana, [(one.id, hours.stamp_of(one)) for one in entries]
        )
        self.again()

    def is_signed_off(self) -> None:
        completing.sign_off(self.placement, self.cast.okafor)
        self.again()
        asked = dict.fromkeys(EMPLOYER_ASKED, 4)
        feedback.give_employer(self.placement, self.cast.dana, asked, {}, WORDS["quote"], True)
        feedback.give_student(self.placement, self.student, dict.fromkeys(STUDENT_ASKED, 4), WORDS["reflection"])
        self.kept = Experience.get(Experience.placement == self.placement)

    def shares(self) -> None:
        experience.choose(self.kept, self.student, dict.fromkeys(experience.SHOWS, True), set())
        experience.record_yes(self.kept, self.cast.okafor, today())
        experience.share(Experience.get_by_id(self.kept.id), self.student)
        portfolio.share_portfolio(self.student)
        self.kept = Experience.get_by_id(self.kept.id)
        self.verify, self.folder = self.kept.token, Portfolio.get(Portfolio.student == self.student).token
