"""Letters on their way to a real mail server: each arrives once, and what goes wrong keeps its words."""

import shutil
import smtplib
import ssl
import subprocess
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from aiosmtpd.smtp import AuthResult

from board.db import database, now
from board.mail import actions, envelope, letters, links, post_office, rules, sending
from board.mail.model import Mail, MailSettings, State
from board.mail.post_office import Unreachable, words_of
from board.people.model import Person
from tests.mail.server import free_port, mail_server, mute_server


def write(number: int = 1, **more) -> list[Mail]:
    return [actions.queue("test", f"someone{n}@example.org", {"who": "Elena"}, **more) for n in range(number)]


def states() -> list[str]:
    return [mail.state for mail in Mail.select().order_by(Mail.id)]


def test_letters_go_over_one_line_each_once_and_are_forgotten(server, send):
    mails = write(5)
    send()
    assert server.connections == 1
    assert sorted(server.ids()) == sorted(mail.message_id for mail in mails)
    assert states() == ["sent"] * 5 and {mail.content for mail in Mail.select()} == {""}
    send()
    assert len(server.letters) == 5


def test_the_envelope_names_the_schools_sender_and_one_address(server, send, cast):
    actions.change_settings(cast.ruiz, {"sender": "board@lincoln.example", "reply_to": "ruiz@lincoln.example", "quiet_from": 21, "quiet_to": 7})  # fmt: skip
    write()
    send()
    assert server.addresses == [("board@lincoln.example", ["someone0@example.org"])]
    (letter,) = server.letters
    assert letter["From"] == "Lincoln High School <board@lincoln.example>"
    assert (letter["Reply-To"], letter["Auto-Submitted"]) == ("ruiz@lincoln.example", "auto-generated")
    assert letter["Date"].datetime and letter["Message-ID"].endswith("@localhost>")


def test_a_greylisted_letter_comes_again_later_and_the_others_do_not_wait_for_it(server, send):
    server.say["RCPT"] = lambda address, tried: "451 4.7.1 Come back later" if "0@" in address and tried == 1 else None
    write(3)
    send()
    assert states() == ["waiting", "sent", "sent"]
    mail = Mail.get_by_id(1)
    assert (mail.error, mail.tries) == ("451 4.7.1 Come back later", 1) and mail.next_at > mail.made_at
    send(all_due=True)
    assert states() == ["sent"] * 3 and len(set(server.ids())) == 3
    assert Mail.get_by_id(1).error == ""


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_a_letter_refused_for_good_has_failed_in_the_servers_words(server, send, stage):
    server.say[stage] = lambda address, tried: "550 5.1.1 Nobody is called so" if "0@" in address else None
    write(2)
    send()
    send(all_due=True)
    assert states() == ["failed", "sent"]
    assert Mail.get_by_id(1).error == "550 5.1.1 Nobody is called so"
    assert server.tries[stage, "someone0@example.org"] == 1


def test_a_failed_letter_can_be_tried_again_with_the_same_message_id(server, send):
    server.say["RCPT"] = "550 5.1.1 Nobody is called so"
    (mail,) = write()
    send()
    server.say.clear()
    assert actions.again(mail) and not actions.again(mail)
    send()
    assert server.ids() == [mail.message_id] and "Elena" in str(server.letters[0])


@pytest.mark.parametrize("has_it", [False, True])
def test_a_line_that_breaks_in_the_middle_of_data_means_later_with_the_same_message_id(server, send, has_it):
    server.say["DATA"] = lambda address, tried: ("die having it" if has_it else "die") if tried == 1 else None
    (mail,) = write()
    send()
    assert states() == ["waiting"] and "closed the line" in Mail.get().error
    send(all_due=True)
    assert states() == ["sent"]
    assert set(server.ids()) == {mail.message_id} and len(server.ids()) == 1 + has_it


def test_one_letter_that_kills_the_line_does_not_keep_back_the_others(server, send):
    server.say["DATA"] = lambda address, tried: "die" if "0@" in address else None
    write(3)
    send()
    assert states() == ["waiting", "sent", "sent"]


def test_a_sender_the_server_refuses_fails_no_letter(server, send):
    """It is the board that is set up wrongly: every letter would be lost by one typing mistake."""
    server.say["MAIL"] = "553 5.7.1 Sender address rejected"
    write(3)
    send()
    assert states() == ["waiting"] * 3
    assert {mail.error for mail in Mail.select()} == {"553 5.7.1 Sender address rejected"}
    server.say.clear()
    send(all_due=True)
    assert states() == ["sent"] * 3


def test_a_server_that_is_not_there_loses_nothing_and_is_left_alone_for_a_while(app, settings, send):
    port = free_port()
    sending.use(replace(settings, mail_url=f"smtp://127.0.0.1:{port}"))
    write(2)
    send()
    assert states() == ["waiting"] * 2 and "refused" in Mail.get().error
    assert {mail.tries for mail in Mail.select()} == {0}
    with mail_server(port) as server:
        send()
        assert not server.letters  # it rests
        send(all_due=True)
        assert len(server.letters) == 2


def test_a_server_that_hangs_is_given_up_after_the_timeout_and_holds_no_lock(app, settings, send, monkeypatch):
    with mute_server() as url:
        settings = replace(settings, mail_url=url)
        sending.use(settings)
        monkeypatch.setattr(sending, "office", lambda: post_office.Smtp(url, "localhost", 0.5))
        (mail,) = write()
        wrote = []

        def meanwhile():
            database.connect(reuse_if_open=True)
            with database.atomic():
                wrote.append(MailSettings.select().count())
            database.close()

        started = threading.Timer(0.1, meanwhile)
        started.start()
        send()
        started.join()
    assert wrote == [0]
    assert states() == ["waiting"] and "did not answer in time" in Mail.get_by_id(mail.id).error


def test_a_letter_that_is_never_taken_fails_in_the_end(server, send):
    server.say["RCPT"] = "452 4.2.2 Mailbox full"
    (mail,) = write()
    send()
    Mail.update(made_at=mail.made_at - rules.GIVE_UP_AFTER * 2).execute()
    send(all_due=True)
    assert states() == ["failed"] and Mail.get().error == "452 4.2.2 Mailbox full"


def test_a_letter_that_waited_for_days_for_a_server_is_not_given_up_at_its_first_try(server, send):
    server.say["RCPT"] = lambda address, tried: "451 4.7.1 Come back later" if tried == 1 else None
    (mail,) = write()
    Mail.update(made_at=mail.made_at - rules.GIVE_UP_AFTER * 2).execute()
    send()
    assert states() == ["waiting"]
    send(all_due=True)
    assert states() == ["sent"]


@pytest.mark.parametrize("where", ["Smtp.send", "Smtp.__init__"])
def test_what_nobody_foresaw_keeps_the_letter_and_is_not_begun_again_at_once(server, monkeypatch, where):
    def odd(*args):
        raise UnicodeError("label empty or too long")

    name, method = where.split(".")
    monkeypatch.setattr(getattr(post_office, name), method, odd)
    write(3)
    with pytest.raises(UnicodeError):
        sending.send_round()
    assert states() == ["waiting"] * 3, "nothing is held back by a claim"
    assert not sending.has_more(), "else the worker would turn in circles"
    errors = {mail.error for mail in Mail.select()}
    assert errors == ({"", "UnicodeError: label empty or too long"} if method == "send" else {""})


def test_quiet_hours_are_no_trouble_with_the_server(app, send, cast, settings, monkeypatch):
    """Half a minute without a server in the evening is not told all night."""
    mail = actions.write(cast.maya, "notices", address=cast.maya.email, kind="application", error="refused")
    later = now() + timedelta(hours=9)
    monkeypatch.setattr(rules, "not_before", lambda *args: later)
    send()
    mail = Mail.get_by_id(mail.id)
    assert (mail.state, mail.error, mail.next_at, mail.tries) == ("waiting", "", later, 0)


def test_news_that_waited_goes_to_the_address_its_reader_has_by_now(server, send, cast):
    reader = cast.dana
    reader.email = "dana@old.example.org"
    mails = [
        actions.write(reader, "test", address=reader.email, kind="application", content='{"who": "Elena"}'),
        actions.queue("test", reader, {"who": "Elena"}),  # what was asked for at an address goes there
    ]
    Person.update(email="dana@new.example.org").where(Person.id == reader.id).execute()
    send()
    assert sorted(to for _, (to,) in server.addresses) == ["dana@new.example.org", "dana@old.example.org"]
    assert Mail.get_by_id(mails[0].id).address == "dana@new.example.org"
    mail = actions.write(reader, "test", address="dana@new.example.org", kind="application", content='{"who": "Elena"}')
    Person.update(email=None, username="dana").where(Person.id == reader.id).execute()
    send()
    assert Mail.get_by_id(mail.id).state == State.DROPPED and len(server.letters) == 2


def test_waits_grow_and_have_an_end():
    waits = [rules.retry_after(tries, 0.5).total_seconds() for tries in range(1, 12)]
    assert waits == sorted(waits) and waits[0] == rules.FIRST_RETRY and waits[-1] == rules.LONGEST_RETRY
    assert rules.retry_after(1, 0.0) < rules.retry_after(1, 1.0)
    assert rules.retry_after(10_000, 1.0).total_seconds() <= rules.LONGEST_RETRY * 1.25
    assert rules.rest_after(10_000, 1.0) <= rules.LONGEST_REST * 1.25


# -- claims


def test_a_claimed_letter_is_nobody_elses_until_its_lease_ends(server, send):
    (mail,) = write()
    dead = sending.claim()
    assert dead.id == mail.id and sending.claim() is None
    send()
    assert not server.letters
    send(all_due=True)  # whoever claimed it is gone
    assert states() == ["sent"]
    sending.settle(dead, State.WAITING)  # it comes back after all, and is too late to say anything
    assert states() == ["sent"]


def test_two_workers_at_once_send_each_letter_once(server):
    write(30)

    def work():
        database.connect(reuse_if_open=True)
        while sending.has_more():
            sending.send_round()
        database.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(server.ids()) == len(set(server.ids())) == 30 and set(states()) == {"sent"}


def test_a_letter_somebody_waits_for_does_not_stand_behind_a_thousand_others(app, cast):
    write(200)
    actions.queue("notices", cast.dana, {})
    first = [sending.claim(last).letter for last in ("", "notices", "test")]
    assert first == ["notices", "test", "test"]


def test_a_round_is_bounded(server, monkeypatch):
    monkeypatch.setattr(sending, "ROUND", 4)
    write(9)
    more = [(sending.send_round()["sent"], sending.has_more()) for _ in range(3)]
    assert more == [(4, True), (4, True), (1, False)]
    assert len(server.letters) == 9


def test_a_letter_that_cannot_be_drawn_fails_alone(server, send):
    actions.queue("nothing_is_called_so", "someone@example.org", {})
    write(2)
    send()
    assert states() == ["failed", "sent", "sent"] and "TemplateNotFound" in Mail.get_by_id(1).error


# -- the line


def test_a_password_is_not_sent_over_an_open_line_to_another_machine(app, monkeypatch):
    office = post_office.Smtp("smtp://user:secret@127.0.0.1:1", "localhost")
    with mail_server() as server:
        office.port = int(server.url.rsplit(":", 1)[1])
        monkeypatch.setattr(post_office, "is_loopback", lambda host: False)
        with pytest.raises(Unreachable, match="offers no encryption"):
            office.open()


def checked(server, session, envelope, mechanism, data):
    return AuthResult(success=data.password == b"p:w@!", handled=False)


@pytest.mark.parametrize(("password", "state"), [("p%3Aw%40!", "sent"), ("wrong", "waiting")])
def test_a_user_signs_in_with_the_password_of_the_address(app, settings, send, password, state):
    with mail_server(authenticator=checked, auth_require_tls=False) as server:
        sending.use(replace(settings, mail_url=server.url.replace("//", f"//board:{password}@")))
        write()
        send()
    assert server.signed_in is (state == "sent")
    assert states() == [state] and ("535" in Mail.get().error) == (state == "waiting")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """One that nobody has signed, made here and now."""
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    words = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    subprocess.run([*words.split(), "-keyout", key, "-out", cert], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context


needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")


@needs_openssl
def test_the_line_is_closed_to_others_where_the_server_offers_it(app, settings, send, certificate):
    with mail_server(tls_context=certificate, require_starttls=True) as server:
        sending.use(replace(settings, mail_url=server.url))
        write(2)
        send()
    assert states() == ["sent", "sent"] and server.connections == 2  # it greets once more behind the lock


@needs_openssl
def test_another_machine_that_cannot_prove_who_it_is_gets_no_password(app, settings, send, certificate, monkeypatch):
    monkeypatch.setattr(post_office, "is_loopback", lambda host: False)
    with mail_server(tls_context=certificate, authenticator=checked) as server:
        sending.use(replace(settings, mail_url=server.url.replace("//", "//board:p%3Aw%40!@")))
        write()
        send()
        assert states() == ["waiting"] and "CERTIFICATE_VERIFY_FAILED" in Mail.get().error
        sending.use(
            replace(settings, mail_url=server.url)
        )  # to one that merely relays, a closed line is better than none
        send(all_due=True)
        assert states() == ["sent"]


@needs_openssl
def test_smtps_is_closed_from_the_first_word(app, settings, send, certificate):
    with mail_server(ssl_context=certificate) as server:
        sending.use(replace(settings, mail_url=server.url.replace("smtp:", "smtps:")))
        write()
        send()
    assert states() == ["sent"]


def test_ports_and_passwords_are_read_from_the_address():
    read = [
        post_office.Smtp(url, "me")
        for url in ("smtp://relay", "smtp://a%40b:p%3Aw@host", "smtps://host", "smtp://host:2525")
    ]
    assert [one.port for one in read] == [25, 587, 465, 2525]
    assert (read[1].user, read[1].password, read[1].place) == ("a@b", "p:w", "host:587")


def test_what_the_server_says_is_kept_in_its_words():
    assert words_of(smtplib.SMTPAuthenticationError(535, b"5.7.8 Bad\r\n credentials")) == "535 5.7.8 Bad credentials"
    assert words_of(ConnectionRefusedError()).startswith("Nobody answers")


# -- nothing gets out of its header

ENCODED = "=?utf-8?q?x=0D=0ABcc:_all=40example.org=0D=0A?="
BREAKS = (
    "\r\nBcc: all@example.org", "\nBcc: all@example.org", "\r", "\x00", "\u2028Bcc: x", "\x85", "\x0b", "\x1c",
    "\ud800", ENCODED, f'"{ENCODED}', f"é {ENCODED} ñ", '", <all@example.org>, "', "\\\" (", "<all@example.org>", "🎓" * 40,
)  # fmt: skip


@pytest.mark.parametrize("odd", BREAKS, ids=ascii)
def test_no_name_begins_a_header_of_its_own_and_the_outbox_goes_on(server, send, cast, odd):
    from board.school.model import School

    School.update(name=f"Lincoln{odd}".encode("utf-8", "ignore").decode()).execute()
    actions.queue("test", cast.dana, {"who": f"Elena{odd}"}, thread=f"posting-1{odd}")
    send()
    assert states() == ["sent"]
    (letter,) = server.letters
    assert letter["Bcc"] is None and set(letter.keys()) <= {
        "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
        "X-Auto-Response-Suppress", "MIME-Version", "Content-Type", "X-Peer", "X-MailFrom", "X-RcptTo",
    }  # fmt: skip
    assert server.addresses[0][1] == [cast.dana.email]
    assert [one.addr_spec for one in letter["From"].addresses] == ["board@localhost"]
    assert letter["Subject"].startswith("A test from Lincoln") and letter.get_body(("plain",)) is not None


def test_a_long_foreign_subject_stays_one_subject(server, send):
    from board.school.model import School

    name = "Escuela Preparatoria Benito Juárez de la Ñusta " * 3
    School.update(name=name[:120]).execute()
    write()
    send()
    assert server.letters[0]["Subject"] == "A test from " + " ".join(name[:120].split())


@pytest.mark.parametrize(
    "address",
    [
        "a..b@example.org",
        ".a@example.org",
        "a[b]@example.org",
        "a|b@example.org",
        "=?utf-8?q?x=0D=0ABcc=3A_all=40example.org=0D=0A?=@example.org",
        "a@=?utf-8?q?x=0D=0ABcc=3A_b=40example.org=0D=0A?=.org",
        "ñandú@example.org",
        "a@ñandú.example",
    ],
)
def test_an_odd_address_stops_nothing(server, send, address):
    actions.queue("test", address, {"who": "Elena"})
    write()
    send()
    assert states()[1] == "sent" and states()[0] in ("sent", "failed")
    assert not [letter for letter in server.letters if letter["Bcc"]]
    assert [to for _sender, (to,) in server.addresses][-1] == "someone0@example.org" or len(server.letters) == 2


def test_long_addresses_and_ids_are_written_as_they_are(app, cast):
    """A mail program looks for the address in angle brackets, not for its encoding."""
    links.use("https://micro-internships.work-based-learning.lincoln-high-school.district.example.org", "k" * 60)
    mail = actions.queue("test", cast.dana, {"who": "Elena"}, thread="posting-12")
    off = links.off(cast.dana, "application")
    drawn = letters.Drawn("Sí, ¿qué tal?", "text", "<p>text</p>", "Lincoln", "posting-12", off)
    raw = envelope.build(mail, drawn, MailSettings.here()).as_bytes().decode()
    assert f"\r\nList-Unsubscribe: <{off}>\r\n" in raw and len(off) > 130
    assert (
        f"\r\nMessage-ID: {mail.message_id}\r\n" in raw
        and f"\r\nReferences: <posting-12.thread@{links.host()}>\r\n" in raw
    )
    assert raw.count("=?utf-8?") == 1 and max(map(len, raw.splitlines())) < 998
