"""Signing in by a link in a mail, and a password for those who have none."""

import re
from datetime import timedelta

import pytest
from playhouse.test_utils import count_queries

from board import notices, tasks
from board.db import now
from board.employers import colleagues
from board.mail import links as addresses
from board.moves import Step
from board.notices import Notice
from board.people import accounts, actions, links, rules, sessions
from board.people.model import MailLink, Person, Role, SignIn, Slowdown
from board.postings.model import Posting
from board.school.model import School
from board.suggestions import actions as suggestions
from tests import factories
from tests.doors.letters import body, letters, link_in, posted
from tests.inspector import by_id, text_of, words

PASSWORD = "quiet purple riverbank"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


def ask(browser, email, then=None, **more):
    address = f"/sign-in/link?next={then}" if then else "/sign-in/link"
    return browser.post(address, data={"email": email}, **more)


def signed_in_as(browser) -> str:
    browser.get("/account")
    name = by_id(browser.page, "name")
    return name.get("value") if name is not None else ""


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("allowed", [True, False, None])
def test_who_may_sign_in_by_mail(app, cast, role, allowed):
    """Employers always, teachers where the school allows it, students and coordinators never; nobody once closed."""
    School.update(teachers_by_mail=allowed).execute()
    person = {"student": cast.maya, "teacher": cast.okafor, "coordinator": cast.ruiz, "employer": cast.dana}[role]
    assert links.may_sign_in_by_mail(person) == (role == "employer" or (role == "teacher" and bool(allowed)))
    person.ended_at = now()
    assert not links.may_sign_in_by_mail(person)


def test_a_link_signs_in_once_by_its_button_and_leads_on(client, cast):
    dana = client()
    answer = ask(dana, f" {cast.dana.email.upper()} ", "/employer/applicants")
    dana.get(answer.location)
    assert "Look into your mailbox" in text_of(dana.page)
    (mail,) = letters()
    assert (mail.letter, mail.address, mail.values["minutes"]) == ("sign_in_link", cast.dana.email, 15)
    path = link_in(mail)
    assert dana.get(path).status_code == 200
    assert "Sign in as Dana Whitlock" in text_of(dana.page)
    assert "another browser" not in text_of(dana.page)
    answer = dana.post(path)
    assert (answer.status_code, answer.location) == (303, "/employer/applicants")
    assert signed_in_as(dana) == "Dana Whitlock"
    other = client()
    assert other.post(path).status_code == other.get(path).status_code == 410
    assert "has been used" in text_of(other.page)
    assert by_id(other.page, "email") is not None, "and how to get a new one"


def test_a_scanner_that_opens_every_link_uses_nothing_up(client, cast):
    dana = client()
    ask(dana, cast.dana.email)
    path = link_in(letters()[0])
    for _ in range(3):
        scanner = client()
        assert scanner.get(path).status_code == 200
        assert scanner.head(path).status_code == 200
        assert signed_in_as(scanner) == ""
    assert dana.post(path).status_code == 303


def test_another_browser_is_told_where_it_was_asked_for_and_when(client, cast):
    ask(client(), cast.dana.email, headers={"User-Agent": CHROME})
    phone = client()
    path = link_in(letters()[0])
    phone.get(path)
    assert "asked for in another browser" in text_of(phone.page)
    assert "Chrome on Windows" in text_of(phone.page)
    assert phone.post(path).status_code == 303
    assert signed_in_as(phone) == "Dana Whitlock"


def test_somebody_else_who_is_signed_in_is_told_and_stays_who_they_are_until_they_press(client, cast):
    ask(client(), cast.dana.email)
    path, omar = link_in(letters()[0]), client(cast.omar)
    omar.get(path)
    assert "Omar Said is signed in here" in text_of(omar.page)
    assert signed_in_as(omar) == "Omar Said"
    omar.post(path)
    assert signed_in_as(omar) == "Dana Whitlock"
    assert SignIn.select().where(SignIn.person == cast.omar, SignIn.ended_at.is_null()).count() == 0


@pytest.mark.parametrize("what", ["late", "moved", "closed", "not allowed any more"])
def test_a_link_that_opens_nothing_says_why_and_lets_nobody_in(client, cast, what):
    School.update(teachers_by_mail=True).execute()
    person = cast.okafor if what == "not allowed any more" else cast.dana
    ask(client(), person.email)
    path, browser = link_in(letters()[0]), client()
    if what == "late":
        MailLink.update(expires_at=now()).execute()
    elif what == "moved":
        accounts.change(person, cast.ruiz, {"email": "dana.w@example.org"})
    elif what == "closed":
        accounts.end_account(person, cast.ruiz)
    else:
        School.update(teachers_by_mail=False).execute()
    assert browser.get(path).status_code == 410
    assert browser.post(path).status_code == 410
    assert signed_in_as(browser) == ""
    said = {"late": "for 15 minutes", "moved": "another address by now", "closed": "closed"}
    assert said.get(what, "may not sign in by mail any more") in text_of(browser.page)


def test_a_link_that_was_broken_says_so(client, cast):
    browser = client()
    assert browser.get("/in/nothing-here").status_code == 404
    assert "Copy the whole address" in text_of(browser.page)


def test_asking_tells_nobody_who_has_an_account_by_page_status_or_work(client, cast):
    ended = accounts.invite_teacher("Old Hand", "old.hand@example.org", cast.ruiz)[0]
    accounts.end_account(ended, cast.ruiz)
    seen, work = {}, {}
    for email in (cast.dana.email, cast.maya.email, cast.ruiz.email, ended.email, "nobody@example.org"):
        browser = client()
        tasks.queue.flush()
        with count_queries() as counter:
            answer = ask(browser, email)
        browser.get(answer.location)
        work[email] = counter.count
        seen[email] = (answer.status_code, answer.location, text_of(browser.page).replace(email, "ADDRESS"))
    assert len(set(seen.values())) == 1
    assert max(work.values()) - min(work.values()) <= 2, work  # what was done for nobody is undone
    assert [mail.address for mail in letters()] == [cast.dana.email]


def test_five_links_an_hour_to_one_address_and_a_bounded_number_on_the_board(client, cast, monkeypatch):
    for email in (cast.dana.email, "nobody@example.org"):
        answers = [ask(client(), email).status_code for _ in range(rules.LETTERS_TO_ONE + 1)]
        assert answers == [303] * rules.LETTERS_TO_ONE + [429]
    browser = client()
    ask(browser, cast.dana.email)
    assert "Check its inbox" in words(by_id(browser.page, "email-error"))
    Slowdown.update(last_at=now() - timedelta(hours=1)).execute()
    assert ask(browser, cast.dana.email).status_code == 303
    monkeypatch.setattr(rules, "LETTERS_AN_HOUR", 6)
    assert ask(browser, cast.omar.email).status_code == 429


def test_what_is_typed_as_an_account_to_sign_in_uses_up_no_letters_and_no_invitations(client, cast):
    browser = client()
    for typed in (f"letter {cast.dana.email}", f"invite {cast.cedar.id}", f"confirm {cast.dana.id}"):
        for _time in range(rules.FREE_TRIES + 1):
            browser.post("/sign-in", data={"email": typed, "password": "a guess"})
    assert ask(browser, cast.dana.email).status_code == 303
    assert colleagues.asked_for(colleagues.mark_of(cast.cedar)) == 0
    actions.confirm(cast.dana, "a guess")  # would raise SlowDown


def test_who_asks_in_somebodys_place_does_not_keep_them_out_for_longer_than_a_link_lives(client, cast):
    stranger, dana = client(), client()
    for _time in range(rules.LETTERS_TO_ONE + 3):
        ask(stranger, cast.dana.email)
    assert ask(dana, cast.dana.email).status_code == 429
    for _time in range(3):
        Slowdown.update(last_at=now() - rules.SIGN_IN_LINK_LASTS).execute()
        assert [ask(dana, cast.dana.email).status_code for _ask in range(2)] == [303, 429]
    assert len(letters(cast.dana.email)) == rules.LETTERS_TO_ONE + 3


def test_letters_to_confirm_an_address_keep_nobody_from_signing_in(client, cast, monkeypatch):
    monkeypatch.setattr(rules, "LETTERS_AN_HOUR", 1)
    dana = client(cast.dana)
    assert dana.post("/account/details", data={"name": "Dana", "email": "dana.w@example.org"}).status_code == 303
    assert dana.post("/account/details", data={"name": "Dana", "email": "dana.x@example.org"}).status_code == 422
    assert ask(client(), cast.omar.email).status_code == 303


def test_where_to_go_on_may_hold_any_letter_also_in_a_header(client, cast):
    browser = client()
    browser.post("/sign-in/link?next=/projects%3Fq%3D%E6%BC%A2", data={"email": cast.dana.email})
    answer = browser.open(link_in(letters()[-1]), method="POST", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/projects?q=%E6%BC%A2"


def test_only_the_hash_of_a_token_is_kept_and_the_letter_forgets_it(client, cast):
    ask(client(), cast.dana.email)
    token = link_in(letters()[0]).removeprefix("/in/")
    row = MailLink.get()
    kept = [str(value) for value in row.__data__.values()]
    assert not [value for value in kept if token in value]
    assert row.secret_hash == actions.key_hash(token)


def test_the_sign_in_page_leads_there_and_keeps_where_one_was_going(client, cast):
    visitor = client()
    visitor.get("/sign-in?next=/employer/applicants")
    found = [one for one in visitor.page.iter("a") if (one.get("href") or "").startswith("/sign-in/link")]
    assert [one.get("href") for one in found] == ["/sign-in/link?next=/employer/applicants"]
    ask(visitor, cast.dana.email, "//evil.example/")
    assert visitor.post(link_in(letters()[0])).location == "/"


HOSTILE = "Dana\r\nBcc: all@example.org <b>x</b>"


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_letter_is_drawn_with_its_link_and_a_name_gets_into_no_header(client, cast, settings, language):
    Person.update(name=HOSTILE, language=language).where(Person.id == cast.dana.id).execute()
    ask(client(), cast.dana.email)
    accounts.invite(cast.dana, cast.ruiz, send=True)
    for email in (cast.dana.email, "ada@fern.example"):
        typed = HOSTILE.replace("all@example.org", "all")  # the form takes no address
        form = {"need": "Photos", "organization": typed, "name": typed, "email": email}
        assert client().post("/join", data=form).status_code == 303
    paths = {mail.letter: link_in(mail) for mail in letters()}
    assert set(paths) == {"sign_in_link", "invitation", "have_account", "confirm_address"}
    found = posted(settings)
    assert len(found) == 4
    for message in found:
        assert not message["Bcc"]
        assert "\n" not in message["Subject"]
        assert "<b>x</b>" not in body(message, "html")
        (path,) = [one for one in paths.values() if one in body(message)]
        assert f'{path}"' in body(message, "html")
    assert not [mail for mail in letters() if mail.content], "once sent, no letter holds a token"


# -- a password, if they like


def test_who_comes_by_mail_may_set_a_password_and_then_both_ways_work(client, cast):
    dana = client()
    ask(dana, cast.dana.email)
    dana.post(link_in(letters()[0]))
    dana.get("/account")
    assert by_id(dana.page, "old_password") is None
    assert dana.post("/account/password", data={"password": "short"}).status_code == 422
    assert "12 characters" in words(by_id(dana.page, "password-error"))
    assert dana.post("/account/password", data={"password": PASSWORD}).status_code == 303
    assert client().post("/sign-in", data={"email": cast.dana.email, "password": PASSWORD}).status_code == 303
    again = client()
    ask(again, cast.dana.email)
    assert again.post(link_in(letters()[-1])).status_code == 303
    assert again.post("/account/password", data={"password": "another quiet riverbank"}).status_code == 422, (
        "now the old password is asked for"
    )


def test_a_session_left_open_somewhere_sets_no_password_and_moves_no_address(client, cast):
    """Without a password to ask for, how one signs in is changed soon after signing in."""
    dana = client(cast.dana)
    SignIn.update(created_at=now() - rules.FRESH - timedelta(minutes=1)).execute()
    dana.get("/account")
    assert by_id(dana.page, "password") is None
    assert "come in by a fresh link" in text_of(dana.page)
    assert dana.post("/account/password", data={"password": PASSWORD}).status_code == 422
    moved = dana.post("/account/details", data={"name": "Dana", "email": "dana.w@example.org"})
    assert moved.status_code == 422
    person = Person.get_by_id(cast.dana.id)
    assert (person.password_hash, person.email, person.claimed_email) == (None, cast.dana.email, None)
    ask(dana, cast.dana.email, "/account")
    assert dana.post(link_in(letters()[-1])).location == "/account"
    assert dana.post("/account/password", data={"password": PASSWORD}).status_code == 303


def test_an_employers_new_address_counts_once_its_link_was_opened(client, cast):
    dana = client(cast.dana)
    assert dana.post("/account/details", data={"name": "Dana W", "email": "dana.w@example.org"}).status_code == 303
    assert Person.get_by_id(cast.dana.id).email == cast.dana.email
    assert Person.get_by_id(cast.dana.id).name == "Dana W"
    dana.get("/account")
    assert "dana.w@example.org takes its place" in text_of(dana.page)
    (mail,) = letters("dana.w@example.org")
    assert dana.post(link_in(mail), data={"do": "confirm"}).location == "/account"
    person = Person.get_by_id(cast.dana.id)
    assert (person.email, person.claimed_email) == ("dana.w@example.org", None)


def test_an_address_the_school_has_changed_is_not_taken_over_by_one_asked_for_before(client, cast):
    client(cast.dana).post("/account/details", data={"name": "Dana", "email": "eve@example.org"})
    (mail,) = letters("eve@example.org")
    accounts.change(Person.get_by_id(cast.dana.id), cast.ruiz, {"email": "dana.new@example.org"})
    assert client().post(link_in(mail), data={"do": "confirm"}).status_code == 410
    assert Person.get_by_id(cast.dana.id).email == "dana.new@example.org"


def test_an_employer_who_empties_the_address_is_told_at_the_field(client, cast):
    dana = client(cast.dana)
    assert dana.post("/account/details", data={"name": "Dana W", "email": ""}).status_code == 422
    assert "Please fill this in" in words(by_id(dana.page, "email-error"))
    assert Person.get_by_id(cast.dana.id).email == cast.dana.email


def test_an_employers_new_address_that_is_somebodys_is_said_to_its_owner_alone(client, cast):
    dana, omar = client(cast.dana), client()
    assert dana.post("/account/details", data={"name": "Dana", "email": cast.omar.email}).status_code == 303
    path = link_in(letters(cast.omar.email)[0])
    for do in ("confirm", "take"):
        assert omar.post(path, data={"do": do}).status_code == 200
    assert omar.get("/account").status_code == 303
    assert Person.get_by_id(cast.dana.id).email == cast.dana.email
    omar.post(path, data={"do": "deny"})
    assert Person.get_by_id(cast.dana.id).claimed_email is None
    assert dana.get("/employer/postings").status_code == 200


def test_a_coordinators_invitation_goes_by_mail_unless_they_say_no(client, cast):
    ruiz = client(cast.ruiz)
    form = {
        "role": "employer",
        "name": "Ada Fern",
        "email": "ada@fern.example",
        "new_employer": "Fern & Fig",
        "send": "y",
    }
    ruiz.post("/people/invite", data=form)
    (mail,) = letters()
    assert (mail.letter, mail.address, mail.values["employer"]) == ("invitation", "ada@fern.example", "Fern & Fig")
    assert mail.values["link"] == by_id(ruiz.page, "link").get("value")
    assert client().get(link_in(mail)).status_code == 200
    ruiz.post("/people/invite", data={"role": "teacher", "name": "Ines Park", "email": "ines@example.org"})
    assert len(letters()) == 1
    person = Person.get(Person.email == "ines@example.org")
    ruiz.post(f"/people/{person.id}/link", data={"send": "y"})
    assert [(one.letter, one.address) for one in letters()[1:]] == [("invitation", "ines@example.org")]


def test_ten_thousand_invitations_are_a_bounded_number_an_hour_in_words(client, cast, monkeypatch):
    monkeypatch.setattr(rules, "INVITATIONS_AN_HOUR", 2)
    ruiz = client(cast.ruiz)
    form = {"role": "teacher", "name": "Somebody", "send": "y"}
    answers = [
        ruiz.post("/people/invite", data=form | {"email": f"t{number}@example.org"}).status_code for number in range(3)
    ]
    assert answers == [200, 200, 422]
    assert "2 invitations were made within the hour" in words(by_id(ruiz.page, "email-error"))
    assert not Person.select().where(Person.email == "t2@example.org").exists()
    person = Person.get(Person.email == "t1@example.org")
    assert ruiz.post(f"/people/{person.id}/link").status_code == 422
    assert sessions.list_of(person).count() == 0


# -- somebody invited who never took the invitation up, and then comes by a link in a mail

ARRIVED = (Step.noun == "person") & (Step.move == "arrive")


def come_by_sign_in_link(client, person):
    browser = client()
    ask(browser, person.email)
    assert browser.post(link_in(letters(person.email)[-1])).status_code == 303


def come_by_narrow_link(client, person):
    posting = Posting.get(Posting.employer == person.employer)
    address = re.sub(r"^https?://[^/]+", "", addresses.to(person, f"/employer/postings/{posting.id}/applicants"))
    assert client().post(address).status_code == 303


def come_by_typing_the_address_again(client, person):
    form = {"need": "Photos", "organization": "Again", "name": person.name, "email": person.email}
    client().post("/join", data=form)
    assert client().post(link_in(letters(person.email)[-1]), data={"do": "take"}).status_code == 303


WAYS = (come_by_sign_in_link, come_by_narrow_link, come_by_typing_the_address_again)


@pytest.mark.parametrize("way", WAYS)
def test_who_was_invited_and_comes_by_a_link_in_a_mail_has_come_and_colleagues_hear_of_it_once(client, cast, way):
    factories.make_posting("open", cast.cedar)
    rosa, token = colleagues.invite(cast.cedar, cast.dana, "Rosa Vega", "rosa@cedar.example")
    for _ in range(2):
        way(client, rosa)
    sheet = {"name": "Rosa Vega", "password": PASSWORD}
    client().post(f"/welcome/{token}", data=sheet)  # and takes the invitation up after all
    (step,) = Step.select().where(ARRIVED)
    assert (step.noun_id, step.person_id, step.to_state) == (rosa.id, rosa.id, "active")
    notices.deliver()
    heard = Notice.select(Notice.person).join(Step).where(ARRIVED)
    assert [number for (number,) in heard.tuples()] == [cast.dana.id]


@pytest.mark.parametrize("way", WAYS)
def test_the_student_who_suggested_them_hears_that_they_have_come(client, cast, way):
    made = suggestions.suggest(
        cast.maya, {"organization": "Harbor Bikes", "why": "Near.", "title": "A price list", "make": "A page."}
    )
    person, _token = suggestions.invite(made, cast.ruiz, "Harbor Bikes", "Ana Bell", "ana.bell@example.org")
    for _ in range(2):
        way(client, person)
    notices.deliver()
    heard = Notice.select().join(Step).where(Notice.person == cast.maya, Step.move == "come")
    assert heard.count() == 1


def test_who_was_not_invited_does_not_come_twice(client, cast):
    """A newcomer joins and confirms; a student has a code; who has a password came long ago."""
    client().post("/join", data={"need": "Photos", "organization": "Fern", "name": "Ada", "email": "ada@fern.example"})
    client().post(link_in(letters()[0]), data={"do": "confirm"})
    come_by_sign_in_link(client, Person.get(Person.email == "ada@fern.example"))
    actions.set_password(cast.omar, PASSWORD)
    come_by_sign_in_link(client, cast.omar)
    code = accounts.give_code(cast.maya, cast.ruiz)
    maya = client()
    maya.post("/sign-in", data={"email": cast.maya.email, "password": code})
    assert maya.post("/first-password", data={"password": PASSWORD}).status_code == 303
    assert not Step.select().where(ARRIVED).exists()
