"""Pages about mail: one's own choice, the way out in each letter, and what a coordinator sees and does."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from board import doctor
from board.mail import actions, links, post_office, rules, sending, standing, views
from board.mail.model import Mail, MailChoice, MailSettings, State
from board.moves import Step
from board.notices import deliver
from board.people.model import Person
from tests import factories
from tests.inspector import by_id, having, text_of, words
from tests.mail.server import free_port, mail_server, mute_server


def kinds(person) -> dict[str, str]:
    return {choice.kind: choice.pace for choice in MailChoice.select().where(MailChoice.person == person)}


# -- one's own choice


def test_everybody_finds_their_own_kinds_with_what_holds_now(client, cast):
    for person, label, pace in (
        (cast.maya, "Answers to my applications", "at-once"), (cast.okafor, "What waits for me to review", "daily"),
        (cast.ruiz, "Student safety", "at-once"), (cast.dana, "Applicants and their answers", "at-once"),
    ):  # fmt: skip
        browser = client(person)
        for address in ("/account", "/account/mail"):
            browser.get(address)
            (control,) = [e for e in having(browser.page, "for") if words(e) == label]
            chosen = by_id(browser.page, control.get("for"))
            assert [o.get("value") for o in chosen if o.get("selected") is not None] == [pace], (person.name, address)


def test_a_choice_is_kept_and_shown_again(client, cast):
    browser = client(cast.maya)
    data = {"mail-application": "daily", "mail-search": "off", "mail-report": "weekly", "mail-placement": "daily"}
    data["mail-other"] = "at-once"
    assert browser.post("/account/mail", data=data).location == "/account#by-mail"
    assert kinds(cast.maya) == {name.removeprefix("mail-"): pace for name, pace in data.items()}
    browser.post("/account/mail", data=data | {"mail-search": "weekly"})
    assert kinds(cast.maya)["search"] == "weekly" and kinds(cast.leo) == {}
    browser.get("/account")
    assert "Your choice is saved." in text_of(browser.page)


@pytest.mark.parametrize("odd", [{"mail-application": "hourly"}, {"mail-application": ""}])
def test_a_choice_that_is_none_is_refused_in_words(client, cast, odd):
    browser = client(cast.maya)
    data = {"mail-application": "daily", "mail-search": "off", "mail-report": "off", "mail-other": "off"}
    assert browser.post("/account/mail", data=data | odd).status_code == 422
    assert by_id(browser.page, "errors") is not None and kinds(cast.maya) == {}


def test_nobody_chooses_a_kind_that_is_not_theirs(client, cast):
    data = {f"mail-{kind}": "off" for kind in rules.OFFERED[cast.maya.role]} | {"mail-employer": "off"}
    client(cast.maya).post("/account/mail", data=data)
    assert "employer" not in kinds(cast.maya) and len(kinds(cast.maya)) == len(rules.OFFERED[cast.maya.role])


def test_a_student_without_an_address_is_told_where_to_read(client, cast):
    Person.update(email=None, username="maya").where(Person.id == cast.maya.id).execute()
    browser = client(cast.maya)
    browser.get("/account/mail")
    assert "You have no mail address here" in text_of(browser.page)


# -- the way out


@pytest.fixture
def letter(cast, server, send):
    """The one that tells Dana of an approved posting."""
    factories.make_posting("open", cast.cedar)
    deliver()
    send()
    return next(letter for letter in server.letters if letter["To"] == cast.dana.email)


def way_out(letter) -> str:
    address = re.fullmatch(r"<(.+)>", letter["List-Unsubscribe"])[1]
    assert address.startswith(links.base_url + "/mail/off/")
    return urlsplit(address).path


def test_one_post_from_a_mail_program_ends_it_without_signing_in(app, client, cast, letter):
    """RFC 8058: no cookie, no token of a form, and nothing but this in the body."""
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    app.config["WTF_CSRF_ENABLED"] = True
    answer = client().post(way_out(letter), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert kinds(cast.dana) == {"posting": "off"}
    assert client().post(way_out(letter)).status_code == 200  # twice is as good as once


def test_a_scanner_that_opens_every_link_changes_nothing(client, cast, letter):
    text = letter.get_body(("plain",)).get_content() + letter.get_body(("html",)).get_content()
    found = {urlsplit(address).path for address in re.findall(re.escape(links.base_url) + r"[^\s\"<]*", text)}
    assert way_out(letter) in found and len(found) >= 4
    for address in found:
        assert client().get(address or "/").status_code in (200, 303)
        client().head(address or "/")
    assert kinds(cast.dana) == {}
    browser = client()
    browser.get(way_out(letter))
    assert "No more mail of this kind?" in text_of(browser.page) and "Dana" not in text_of(browser.page)


def test_only_an_address_we_made_ends_anything(client, cast, letter):
    good = way_out(letter)
    for bad in (
        good[:-1],
        good + "x",
        "/mail/off/x",
        "/mail/off/" + links.signer.dumps("x"),
        "/mail/off/" + links.signer.dumps([9_999, "posting"]),
    ):
        assert client().post(bad).status_code == 404, bad
    assert kinds(cast.dana) == {}


def test_the_way_out_of_a_digest_ends_all_that_came_with_it(client, cast):
    actions.choose(cast.okafor, {"application": "daily"})
    client().post(urlsplit(links.off(cast.okafor, "daily")).path)
    assert kinds(cast.okafor) == {"application": "off", "posting": "off", "other": "off"}


def test_a_letter_somebody_asked_for_has_no_way_out(server, send, cast):
    actions.queue("test", cast.dana, {"who": "Elena"})
    send()
    assert server.letters[0]["List-Unsubscribe"] is None


# -- what a coordinator sees and does


def to_server(app, settings, url: str) -> None:
    """As if the board had been started with this MAIL_URL."""
    app.config["SETTINGS"] = replace(settings, mail_url=url)
    sending.use(app.config["SETTINGS"])


SETTINGS = {"sender": "", "reply_to": "", "quiet_from": "21", "quiet_to": "7"}


def test_without_a_mail_server_the_home_and_the_settings_say_so(client, cast):
    browser = client(cast.ruiz)
    browser.get("/")
    (line,) = having(browser.page, "data-mail")
    assert "No mail goes out yet" in words(line) and having(line, "href", "/settings/mail")
    browser.get("/settings/mail")
    assert "No mail goes out." in text_of(browser.page) and "outbox" in text_of(browser.page)
    other = client(cast.okafor)
    other.get("/")
    assert not having(other.page, "data-mail")


FAILED = "/settings/mail#failed"


def test_with_a_mail_server_the_home_is_silent_until_something_fails(app, client, cast, settings, send):
    with mail_server() as server:
        to_server(app, settings, server.url)
        browser = client(cast.ruiz)
        browser.get("/")
        assert not having(browser.page, "data-mail") and not having(browser.page, "href", FAILED)
        server.say["RCPT"] = "550 5.1.1 Nobody is called so"
        mail = actions.queue("test", cast.dana, {"who": "Elena"})
        send()
        browser.get("/")
        (line,) = having(browser.page, "href", FAILED)
        assert "Letters that could not be delivered" in words(line) and words(line).endswith("says1")
        assert not having(browser.page, "data-mail"), "said once"
        browser.get(FAILED)
        (row,) = having(browser.page, "data-mail-id")
        assert cast.dana.email in words(row) and "550 5.1.1 Nobody is called so" in words(row)
        server.say.clear()
        Person.update(email="dana@example.org").where(Person.id == cast.dana.id).execute()
        browser.post(f"/settings/mail/{mail.id}/again")
        send()
        assert server.letters[0]["To"] == "dana@example.org"
        browser.get("/")
        assert not having(browser.page, "data-mail") and not having(browser.page, "href", FAILED)
        assert browser.post(f"/settings/mail/{mail.id}/again", follow_redirects=True).status_code == 200
        assert "changed in the meantime" in text_of(browser.page)


def test_a_failed_letter_can_be_let_go_or_all_be_tried_again(app, client, cast, server, send):
    server.say["RCPT"] = "550 no"
    mails = [actions.queue("test", f"s{n}@example.org", {"who": "Elena"}) for n in range(3)]
    send()
    browser = client(cast.ruiz)
    browser.post(f"/settings/mail/{mails[0].id}/give-up")
    assert Mail.get_by_id(mails[0].id).state == State.DROPPED and not Mail.get_by_id(mails[0].id).content
    server.say.clear()
    browser.post("/settings/mail/again")
    send()
    assert len(server.letters) == 2


def test_the_page_never_shows_the_password(app, client, cast, settings):
    to_server(app, settings, "smtp://board:secret%21@mail.lincoln.example:587")
    browser = client(cast.ruiz)
    browser.get("/settings/mail")
    assert "mail.lincoln.example:587" in text_of(browser.page) and "secret" not in text_of(browser.page)


def test_settings_are_kept_and_remembered_as_a_step(client, cast):
    browser = client(cast.ruiz)
    data = {"sender": "Board@Lincoln.example ", "reply_to": "ruiz@lincoln.example", "quiet_from": "20", "quiet_to": "8"}
    assert browser.post("/settings/mail", data=data).location == "/settings/mail"
    row = MailSettings.here()
    assert (row.sender, row.reply_to, row.quiet_from, row.quiet_to) == (
        "board@lincoln.example",
        "ruiz@lincoln.example",
        20,
        8,
    )
    step = Step.select().order_by(Step.id.desc()).first()
    assert step.move == "change_settings" and set(step.facts["changed"]) == {
        "sender",
        "reply_to",
        "quiet_from",
        "quiet_to",
    }


@pytest.mark.parametrize(
    "odd",
    [{"sender": "nobody"}, {"sender": "a@example.org\r\nBcc: b@example.org"}, {"sender": "ñ@example.org"},
     {"reply_to": "a b@example.org"}, {"quiet_from": "24"}, {"quiet_to": ""}],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused_with_what_was_typed(client, cast, odd):
    browser = client(cast.ruiz)
    assert browser.post("/settings/mail", data=SETTINGS | odd).status_code == 422
    assert by_id(browser.page, "errors") is not None and MailSettings.select().count() == 0


def test_a_test_letter_goes_out_at_once_and_the_page_says_what_the_server_said(app, client, cast, settings):
    with mail_server() as server:
        to_server(app, settings, server.url)
        browser = client(cast.ruiz)
        assert browser.post("/settings/mail/test").location == "/settings/mail"
        assert [letter["To"] for letter in server.letters] == [cast.ruiz.email]
        browser.get("/settings/mail")
        assert "250 OK taken" in text_of(browser.page)
        server.say["RCPT"] = "554 5.7.1 <board@localhost>: We know you not"
        assert browser.post("/settings/mail/test").status_code == 422
        assert "554 5.7.1 <board@localhost>: We know you not" in words(by_id(browser.page, "errors"))
    assert Mail.select().count() == 0


def test_a_test_letter_to_a_server_that_is_away_or_hangs_says_so(app, client, cast, settings, monkeypatch):
    browser = client(cast.ruiz)
    to_server(app, settings, f"smtp://127.0.0.1:{free_port()}")
    assert browser.post("/settings/mail/test").status_code == 422
    assert "the connection was refused" in words(by_id(browser.page, "errors"))
    monkeypatch.setattr(views, "PATIENCE", 0.3)
    with mute_server() as url:
        to_server(app, settings, url)
        assert browser.post("/settings/mail/test").status_code == 422
        assert "did not answer in time" in words(by_id(browser.page, "errors"))


def test_a_test_letter_without_a_server_lies_in_the_folder(client, cast, settings):
    browser = client(cast.ruiz)
    browser.post("/settings/mail/test")
    (path,) = (settings.data / "outbox").glob("*.eml")
    browser.get("/settings/mail")
    assert path.name in text_of(browser.page)


def test_a_coordinator_without_an_address_is_told_to_give_one(client, cast):
    Person.update(email=None, username="ruiz").where(Person.id == cast.ruiz.id).execute()
    browser = client(cast.ruiz)
    assert browser.post("/settings/mail/test").status_code == 422
    assert "no mail address" in words(by_id(browser.page, "errors"))


def test_what_waits_and_why_is_said_in_the_servers_words(app, client, cast, server, send):
    server.say["RCPT"] = "451 4.7.1 Greylisted for you"
    actions.queue("test", cast.dana, {"who": "Elena"})
    send()
    browser = client(cast.ruiz)
    browser.get("/settings/mail")
    assert having(browser.page, "data-waiting", "1") and "451 4.7.1 Greylisted for you" in text_of(browser.page)


# -- what doctor says


def said(settings) -> doctor.Finding:
    return next(finding for finding in doctor.examine(settings) if finding.what == "letters")


def test_doctor_tells_of_letters_that_do_not_move(app, cast, settings):
    assert said(settings).well
    mail = actions.queue("test", cast.dana, {"who": "Elena"})
    assert said(settings).well
    Mail.update(next_at=mail.next_at - standing.LATE * 2).execute()
    assert not said(settings).well and "is the worker running" in said(settings).words
    Mail.update(error="451 later", made_at=mail.made_at - standing.REFUSED_LONG * 2).execute()
    assert not said(settings).well and "451 later" in said(settings).words
    Mail.update(state=State.FAILED).execute()
    assert said(settings).warning and "1 could not be delivered" in said(settings).words


def test_a_letter_that_waits_for_the_morning_worries_nobody(app, cast, settings):
    mail = actions.queue("test", cast.dana, {"who": "Elena"})
    Mail.update(made_at=mail.made_at - standing.LATE * 60, next_at=mail.next_at + standing.LATE).execute()
    assert said(settings).well and rules.LEASE.total_seconds() / 20 > post_office.TIMEOUT
