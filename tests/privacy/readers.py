"""Everybody who might read something of a student, and all that comes to their eyes: letters, and every address that takes
GET, taken from the map of routes: pages, pieces of pages, lists by their filters, calendars, feeds, downloads."""

import html
import re
from collections.abc import Iterator
from email import message_from_bytes, policy

from flask.testing import FlaskClient

from board import notices
from board.applications.model import Reading
from board.experience.model import Portfolio
from board.mail import actions as mail
from board.mail import sending
from board.people import sessions
from board.people.model import Person
from board.placements.model import Attachment, Message
from board.postings.model import SavedSearch
from board.reports.model import About, Report
from board.suggestions.model import Suggestion
from tests.privacy.tale import Tale
from tests.test_routes import ANYONE, READER, declared

HOME, OTHER_HOME = "home", "other_home"
LETTER = "letter"
QUESTIONS = re.compile(r'(?:href|action|hx-get)="((/[^"#?]*)\?[^"#]+)"')
LINK_HOME = re.compile(r"/g/([\w-]+)")
QUESTIONS_MOST = 40  # links with a question that one reader follows in one stage


def people(tale: Tale) -> dict[str, Person | None]:
    """Readers by name; who is at home and a stranger have no account."""
    cast = tale.cast
    return {
        "student": tale.student, "employer": cast.dana, "colleague": cast.rosa, "adviser": cast.okafor, "teacher": cast.park,
        "coordinator": cast.ruiz, "safety": cast.holm, HOME: None, "stranger": None, "classmate": cast.leo,
        "elsewhere": cast.omar, OTHER_HOME: None,
    }  # fmt: skip


# -- letters


class Post:
    """Letters as they arrive: what has come since one looked last, by address."""

    def __init__(self, tale: Tale):
        self.tale, self.folder, self.known = tale, tale.settings.data / "outbox", set()

    def come(self) -> dict[str, list[str]]:
        notices.deliver()
        mail.gather()
        while sending.has_more():
            sending.send_round()
        found: dict[str, list[str]] = {}
        for path in self.folder.glob("*.eml"):
            mark = path.name, path.stat().st_mtime_ns
            if mark in self.known:
                continue
            self.known.add(mark)
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            found.setdefault(str(letter["To"]), []).append(text_of_letter(letter))
        for name, guardian in ((HOME, self.tale.guardian), (OTHER_HOME, self.tale.other_guardian)):
            for text in found.get(guardian.email, ()):
                if link := LINK_HOME.search(text):
                    self.tale.links[name] = link[1]
        return found


def text_of_letter(letter) -> str:
    """All but to whom it goes: everybody knows their own address."""
    heads = [f"{name}: {value}" for name, value in letter.items() if name != "To"]
    return "\n".join(heads + [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"])


# -- pages


def addresses(tale: Tale, rule, name: str) -> Iterator[str]:
    """Where this reader may try this route: with the numbers of what is the student's, and the secrets they have."""
    if not rule.arguments:
        yield rule.rule
    for values in things(tale, rule, name):
        yield rule.build(values, append_unknown=False)[1]


def things(tale: Tale, rule, name: str) -> list[dict]:
    """A route that takes something not known here fails: say where its number or its secret comes from."""
    known = {
        "application_id": tale.application, "placement_id": tale.placement, "posting_id": tale.posting,
        "employer_id": tale.cast.cedar, "student_id": tale.student,
    }  # fmt: skip
    values: dict = {key: thing and thing.id for key, thing in known.items() if key in rule.arguments}
    arguments = set(rule.arguments) - set(values)
    if "attachment_id" in arguments:
        files = Attachment.select().where(Attachment.placement == tale.placement) if tale.placement else []
        return [values | {"attachment_id": one.id, "name": one.name} for one in files]
    if "about" in arguments:
        return [{"about": str(about), "number": number} for about, number in targets(tale)]
    if "reading_id" in arguments:
        values["reading_id"] = last(Reading)
    if "search_id" in arguments:
        values["search_id"] = last(SavedSearch)
    if "number" in arguments:
        values["number"] = NUMBERS[rule.rule.split("<")[0]](tale)
    if "token" in arguments:
        values["token"] = TOKENS[rule.rule.split("<")[0]](tale, name)
    if "name" in arguments:
        values["name"] = "poster"
    for key in arguments & {"key", "key_id"}:
        values[key] = "minimum_age"
    assert set(values) == set(rule.arguments), (
        f"{rule}: where do its values come from? Say so in tests/privacy/readers.py"
    )
    return [] if None in values.values() or not values else [values]


def last(model):
    row = model.select().order_by(model.id.desc()).first()
    return row and row.id


NUMBERS = {  # by how the address begins
    "/people/": lambda tale: tale.student.id,
    "/students/": lambda tale: tale.guardian.id,
    "/experience/": lambda tale: tale.kept and tale.kept.id,
    "/review/": lambda tale: tale.posting.id,
    "/safety/": lambda tale: last(Report),
    "/employers/suggestions/": lambda tale: last(Suggestion),
    **dict.fromkeys(
        ("/settings/fields/", "/settings/skills/", "/settings/starters/", "/settings/words/", "/settings/school-year/"),
        lambda tale: 1,
    ),
}
TOKENS = {
    "/calendar/": lambda tale, name: tale.calendars.get((person := people(tale)[name]) and person.id),
    "/g/": lambda tale, name: tale.links.get(name),
    "/verify/": lambda tale, name: tale.verify or None,
    "/portfolio/": lambda tale, name: tale.folder or None,
    # to come in or to be left alone: each is its owner's, and says nothing of anybody else
    **dict.fromkeys(("/confirm/", "/in/", "/m/", "/mail/off/", "/set-up/", "/welcome/"), lambda tale, name: "unknown"),
}


def targets(tale: Tale) -> Iterator[tuple[About, int]]:
    """Whatever of the student somebody may say that it felt wrong."""
    found = {
        About.POSTING: tale.posting.id, About.THREAD: tale.posting.id, About.EMPLOYER: tale.cast.cedar.id,
        About.PERSON: tale.student.id, About.APPLICATION: tale.application and tale.application.id,
        About.PLACEMENT: tale.placement and tale.placement.id, About.MESSAGE: last(Message),
        About.PORTFOLIO: last(Portfolio),
    }  # fmt: skip
    assert set(found) == set(About)
    return ((about, number) for about, number in found.items() if number)


QUIET = (  # how addresses begin where no word is about a student: looked at once, where the whole board is walked
    "/settings", "/confirm", "/in/", "/m/", "/mail/", "/set-up", "/welcome", "/sign-in", "/join", "/issuer", "/healthz",
    "/first-password", "/employer/postings/", "/employers/<", "/employer/leave", "/share", "/skills", "/account", "/people/invite",
    "/students/", "/privacy", "/review", "/report/<", "/projects", "/saved/",
)  # fmt: skip
LOUD = ("/settings/privacy", "/settings/audit", "/students/<")


def is_quiet(rule) -> bool:
    begins = rule.rule.startswith
    return begins(QUIET) and not begins(LOUD) and not rule.rule.endswith("/applicants")


class Eyes:
    """All readers of a story, each in a browser of their own."""

    def __init__(self, tale: Tale):
        self.tale, self.post = tale, Post(tale)
        self.rules = [
            (rule, declared(tale.app, rule.endpoint))
            for rule in sorted(tale.app.url_map.iter_rules(), key=lambda rule: rule.rule)
            if "GET" in rule.methods and rule.endpoint != "static"
        ]

    def look(self, whole: bool) -> dict[str, dict[str, str]]:
        """{reader: {where: all that was sent}} of this moment; `whole`: also what says nothing of anybody."""
        come = self.post.come()
        self.tale.again()
        found = {}
        for name, person in people(self.tale).items():
            found[name] = self.read(name, person, whole)
            of_home = {HOME: self.tale.guardian, OTHER_HOME: self.tale.other_guardian}
            owner = person or of_home.get(name)
            letters = come.get(owner.email, ()) if owner else ()
            found[name] |= {f"{LETTER} {number}": text.lower() for number, text in enumerate(letters)}
        return found

    def read(self, name: str, person: Person | None, whole: bool) -> dict[str, str]:
        browser = FlaskClient(self.tale.app, self.tale.app.response_class)
        if person and not person.ended_at:
            with browser.session_transaction() as session:
                session["_user_id"], session["_fresh"] = sessions.begin(person, "Test"), True
        role = person.role if person else "visitor"
        found, asked = {}, {}
        for rule, audience in self.rules:
            if not {ANYONE, READER, role} & audience:
                continue  # tests/test_routes.py asks those for 403
            if not whole and is_quiet(rule) and not (name == "student" and rule.rule.startswith("/account/record")):
                continue
            for address in addresses(self.tale, rule, name):
                for head in ({}, {"HX-Request": "true"})[: 1 + whole]:
                    found[f"{address}{' (piece)' if head else ''}"] = text = send(browser, address, head)
                if whole and not rule.rule.startswith("/projects") and not (person and person.is_teacher):
                    asked |= {html.unescape(link): 1 for link, path in QUESTIONS.findall(text) if path == address}
        for address in list(asked)[:QUESTIONS_MOST]:
            found[address] = send(browser, address, {})
        return found


def send(browser: FlaskClient, address: str, head: dict) -> str:
    response = browser.get(address, headers=head)
    assert response.status_code < 500, address
    return f"{response.headers}\n{response.get_data(as_text=True)}".lower() if response.status_code < 300 else ""
