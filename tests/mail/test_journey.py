"""From a stranger to "offer accepted" by letters alone: each page is reached from an address that stands in a letter
read from the mail server, and from there by the links and buttons a reader sees."""

import re
from collections import Counter
from datetime import timedelta

import pytest

from board import notices
from board.db import now
from board.mail import actions as mail
from board.mail import links
from board.moves import Step
from board.people.actions import set_password
from board.postings import searches, watch
from board.search.criteria import Criteria
from tests.factories import WHY
from tests.inspector import by_id, text_of, words

PASSWORD = "quiet purple riverbank"
INES = "ines@alderbakery.example"
TITLE = "Make a one-page price list"
ADDRESS = re.compile(r"https?://[^\s\"<>]+")


class Reader:
    """Somebody with a browser of their own: opens what a letter names, follows links, sends forms."""

    def __init__(self, client, person=None):
        self.browser, self.person, self.path = client(), person, ""

    @property
    def page(self):
        return self.browser.page

    def open(self, path: str) -> "Reader":
        answer = self.browser.get(path, follow_redirects=True)
        if answer.request.path == "/sign-in" and self.person:  # staff and students have a password
            answer = self.send(self.form(answer.request.full_path, by_id(self.page, "password")), password=PASSWORD, email=self.person.email)  # fmt: skip
        assert answer.status_code == 200, (path, answer.status_code)
        self.path = answer.request.full_path
        return self

    def follow(self, said: str) -> "Reader":
        (address, *_others) = [a.get("href") for a in self.page.iter("a") if words(a) == said]
        return self.open(address)

    def form(self, path: str, holding) -> tuple[str, dict]:
        """Where the form with this element in it goes, and all it holds as a browser would send it."""
        (form,) = [one for one in self.page.iter("form") if any(e is holding for e in one.iter())]
        values = {}
        for e in form.iter():
            kind, name = e.get("type"), e.get("name")
            if e.tag == "textarea":
                values.setdefault(name, []).append("".join(e.itertext()).removeprefix("\n"))
            elif e.tag == "select":
                chosen = [o.get("value", words(o)) for o in e.iter("option") if o.get("selected") is not None]
                values.setdefault(name, []).append((chosen or [next(e.iter("option")).get("value", "")])[0])
            elif e.tag == "input" and name and (kind not in ("checkbox", "radio") or e.get("checked") is not None):
                values.setdefault(name, []).append(e.get("value", ""))
        return form.get("action") or path, values

    def send(self, form: tuple[str, dict], **typed):
        address, values = form
        answer = self.browser.post(address, data=values | typed, follow_redirects=True)
        assert answer.status_code == 200, (address, answer.status_code, text_of(self.page)[:800])
        self.path = answer.request.full_path
        return answer

    def press(self, button: str, **typed) -> "Reader":
        """Press the button with these words; its form goes with what was typed and what stands in it."""
        (found, *_same) = [b for b in self.page.iter("button") if words(b) == button]
        named = {found.get("name"): found.get("value")} if found.get("name") else {}
        self.send(self.form(self.path, found), **typed, **named)
        return self


@pytest.fixture
def post(server, send):
    """The postman: what has come to an address since it was last asked for."""
    read = Counter()

    def brought(address: str) -> list:
        Step.update(tell_at=now() - timedelta(minutes=6)).where(
            Step.tell_at.is_null(False)
        ).execute()  # could be undone
        for _ in range(2):  # and once more: nothing may come twice
            notices.deliver()
            watch.watch()
            mail.gather()
            send()
        letters = [letter for letter in server.letters if letter["To"] == address]
        fresh, read[address] = letters[read[address] :], len(letters)
        return fresh

    return brought


@pytest.fixture
def board(cast):
    """Passwords for staff and a student, who keeps a search, hears of it at once and has no quiet hours."""
    for person in (cast.ruiz, cast.maya):
        set_password(person, PASSWORD)
    searches.save(Criteria(q="price list"), cast.maya)
    mail.choose(cast.maya, {"search": "at-once"})
    mail.change_settings(cast.ruiz, {"sender": "", "reply_to": "", "quiet_from": 0, "quiet_to": 0})
    return cast


def parts(letter) -> tuple[str, str]:
    """The text and the HTML of a letter; both name the same pages."""
    text, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    places = [{one.rstrip(".") for one in ADDRESS.findall(part)} for part in (text, html)]
    assert len(text) > 80 and "<html" in html and places[0] == places[1]
    return text, html


def way_in(letter, beginning: str = "/") -> str:
    """The first address in a letter that leads to the board, without its host."""
    found = [one for one in ADDRESS.findall(parts(letter)[0]) if one.startswith(links.base_url + beginning)]
    return found[0].removeprefix(links.base_url)


def subjects(letters: list) -> list[str]:
    return [letter["Subject"] for letter in letters]


def thread(letter) -> str:
    assert letter["In-Reply-To"] == letter["References"]
    return letter["References"] or ""


def test_a_stranger_becomes_an_employer_and_a_student_says_yes_through_letters_alone(client, board, server, post):
    # a stranger joins with a starter
    ines = Reader(client).open("/join").follow(TITLE)
    ines.press("Go on writing", organization="Alder Bakery", name="Ines Vale", email=INES)
    (confirm,) = post(INES)
    assert confirm["List-Unsubscribe"] is None and not thread(confirm), "asked for, and about nothing else"
    ines.open(way_in(confirm, "/confirm/")).press("Yes, this is my address").press("Send to the school")
    assert "Sent." in text_of(ines.page)

    # the coordinator's letters lead to the employer and to the posting
    ruiz = Reader(client, board.ruiz)
    joined, submitted = post(board.ruiz.email)
    assert subjects([joined, submitted]) == [
        "Alder Bakery asks to join the board.", f"Alder Bakery sent in “{TITLE}”. It waits for a teacher.",
    ]  # fmt: skip
    ruiz.open(way_in(joined)).follow("Check this employer").press("Verify", words="We know the bakery.")
    ruiz.open(way_in(submitted)).press("Approve")
    verified, approved = post(INES)
    assert "has checked Alder Bakery" in verified["Subject"]
    assert approved["Subject"] == f"“{TITLE}” was approved. Students can find it now."

    # a student who keeps a search hears of it and applies
    (found,) = post(board.maya.email)
    assert found["Subject"].startswith("A new project for")
    maya = Reader(client, board.maya).open(way_in(found)).follow(TITLE).follow("Apply")
    typed = dict.fromkeys(answers(maya), "I have lettered the signs of our school play.") | {"why": WHY}
    kinds = {e.get("name"): "club" for e in maya.page.iter("select") if (e.get("name") or "").startswith("kind-")}
    maya.press("Send application", **typed, **kinds)
    assert "Your application is sent." in text_of(maya.page)

    # through the letter alone, in a browser that has never been here, the employer answers
    (applied,) = post(INES)
    assert re.fullmatch(f"Student [A-Z0-9-]+ applied for “{TITLE}”.", applied["Subject"])
    fresh = Reader(client).open(way_in(applied, "/m/")).press("Continue as Ines of Alder Bakery")
    assert WHY in text_of(fresh.page)
    seen = [text_of(fresh.page)]
    fresh.press("Offer the project")
    seen.append(text_of(fresh.page))
    assert "has your offer" in seen[-1]
    assert fresh.browser.get("/employer").status_code == 303, "it opened the applicants and nothing else"

    # the student says yes
    (offered,) = post(board.maya.email)
    assert offered["Subject"] == f"Alder Bakery offers you “{TITLE}”. Answer in time."
    Reader(client, board.maya).open(way_in(offered)).press("Accept the offer")
    (yes,) = post(INES)
    assert re.fullmatch(f"Student [A-Z0-9-]+ said yes to “{TITLE}”.", yes["Subject"])
    again = Reader(client).open(way_in(yes, "/m/")).press("Continue as Ines of Alder Bakery")
    seen.append(text_of(again.page))
    assert "Accepted" in seen[-1]

    # and the match waits for a teacher: the coordinator and her adviser are led to it
    (match,) = post(board.ruiz.email)
    assert match["Subject"] == f"A match for “{TITLE}” waits for a teacher."
    assert board.maya.name in text_of(ruiz.open(way_in(match)).page)

    # nothing is left, nothing came twice, and nobody else was written to
    assert not post(INES) and not post(board.ruiz.email) and not post(board.maya.email)
    ids = server.ids()
    assert len(set(ids)) == len(ids)
    heard = Counter(letter["To"] for letter in server.letters)
    assert heard == {INES: 5, board.ruiz.email: 3, board.okafor.email: 1, board.maya.email: 2}

    # each is a whole letter, can be turned off, and stands beside the others about the same
    news = [letter for letter in server.letters if letter is not confirm]
    for letter in server.letters:
        parts(letter)
    assert all(letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" for letter in news)
    assert all(off(letter).startswith(f"{links.base_url}/mail/off/") for letter in news)
    about = {thread(letter) for letter in (submitted, approved, applied, offered, yes, match)}
    assert len(about) == 1 and all(about)
    assert thread(joined) == thread(verified) and len({thread(joined), thread(found), *about}) == 3

    # the employer has never met the student's name
    secrets = (*board.maya.name.split(), board.maya.email, *dates(board.maya.birth_date))
    for letter in server.letters:
        if letter["To"] == INES:
            seen += [*parts(letter), *map(str, letter.values())]
    assert not [(secret, words) for secret in secrets for words in seen if secret.lower() in words.lower()]


def answers(reader: Reader) -> list[str]:
    """What a student types to apply: an answer a question, and what they did with each skill."""
    names = [e.get("name") or "" for tag in ("textarea", "input") for e in reader.page.iter(tag)]
    return [name for name in names if name.startswith(("answer-", "evidence-"))]


def off(letter) -> str:
    return letter["List-Unsubscribe"].strip("<>")


def dates(day) -> list[str]:
    return [day.isoformat(), f"{day:%m/%d/%Y}", f"{day:%B} {day.day}, {day.year}", f"{day:%b} {day.day}, {day.year}"]
