"""Notices become letters: the same words as on the board, as each person chose, once, and nothing that mail may not say."""

import os
import re
from datetime import datetime, timedelta

import pytest
from flask_babel import force_locale

from board.db import database, now
from board.drawing import translate
from board.home.lines import lines
from board.mail import actions, letters, links, model, sending
from board.mail.model import Mail, MailNotice, State
from board.moves import Step
from board.notices import Notice, deliver
from board.people import narrow
from board.people.model import Person
from tests import factories
from tests.test_notices import busy_board

NOON = datetime(2026, 11, 25, 20, 0)  # UTC: noon at the school
NIGHT = datetime(2026, 11, 26, 6, 30)  # 10:30 in the evening there


@pytest.fixture
def colleague(cast):
    return factories.make_person("employer", "Rosa Vega", employer=cast.cedar)


@pytest.fixture
def clock(monkeypatch):
    """Set what the mail's clock says; letters and claims follow it."""

    def at(moment: datetime) -> None:
        for module in (actions, sending, model):
            monkeypatch.setattr(module, "now", lambda: moment)

    at(NOON)
    return at


def a_busy_day(cast):
    """Played under the clock above."""
    busy_board(cast)


@pytest.fixture
def busy(clock, played):
    return played(a_busy_day)[0]


def body(message, kind="plain") -> str:
    return message.get_body((kind,)).get_content()


def to(server, person) -> list:
    return [letter for letter in server.letters if letter["To"] == person.email]


def test_a_letter_is_written_down_in_the_callers_transaction(app, cast):
    with pytest.raises(ZeroDivisionError), database.atomic():
        actions.queue("test", cast.dana, {"who": "Elena"})
        raise ZeroDivisionError
    assert Mail.select().count() == 0
    mail = actions.queue("test", cast.dana, {"who": "Elena"}, thread="posting-12")
    assert (mail.address, mail.state, mail.language, mail.values) == (
        cast.dana.email,
        "waiting",
        "en",
        {"who": "Elena"},
    )
    assert actions.queue("test", "a@example.org", {}, language="es").language == "es"


@pytest.mark.parametrize("letter", ["../secret", "", "Test", "a" * 50, "test.txt"])
def test_only_a_letter_can_be_queued(app, cast, letter):
    with pytest.raises(ValueError, match="can go to"):
        actions.queue(letter, cast.dana, {})
    cast.dana.email = None
    with pytest.raises(ValueError, match="can go to"):
        actions.queue("test", cast.dana, {})


def test_a_notice_comes_by_mail_in_the_words_of_the_board_with_the_way_to_it(cast, server, send, clock):
    application = factories.make_application("submitted", factories.make_posting("open", cast.cedar), cast.maya)
    deliver()
    send()
    letter = to(server, cast.dana)[-1]
    words = f"Student {application.code} applied for “Price list for the counter”."
    assert letter["Subject"] == words
    for kind in ("plain", "html"):
        assert words in body(letter, kind)
        token = re.search(rf"{links.base_url}/m/([\w.-]+)", body(letter, kind))[1]
        assert narrow.read(token) == (cast.dana, f"/employer/applicants/{application.id}")
        assert "Hello Dana" in body(letter, kind)


def test_letters_about_one_posting_stand_together(cast, server, send, clock):
    posting = factories.make_posting("open", cast.cedar)
    factories.make_application("submitted", posting, cast.maya)
    deliver()
    send()
    threads = [letter["References"] for letter in to(server, cast.dana)]
    assert threads == [f"<posting-{posting.id}.thread@localhost>"] * 2
    assert len({letter["Message-ID"] for letter in server.letters}) == len(server.letters)


def test_a_person_reads_letters_in_their_own_language(cast, server, send, clock):
    Person.update(language="es").where(Person.id == cast.dana.id).execute()
    factories.make_posting("open", cast.cedar, title="Cartel")
    deliver()
    send()
    (letter,) = to(server, cast.dana)
    assert letter["Subject"] == "“Cartel” fue aprobada. Ahora los estudiantes pueden encontrarla."
    assert 'lang="es"' in body(letter, "html")
    assert "Cartel" in body(to(server, cast.ruiz)[0]) and "sent in" in to(server, cast.ruiz)[0]["Subject"]


def test_delivering_twice_writes_to_nobody_twice(busy, server, send, clock):
    before = Mail.select().count(), MailNotice.select().count()
    assert before[0] > 10 and before[1] > 60
    Step.update(told_at=None).execute()  # as if the mark of a batch had been lost
    deliver()
    assert (Mail.select().count(), MailNotice.select().count()) == before
    with pytest.raises(Exception, match="UNIQUE"):
        MailNotice.create(notice=MailNotice.get().notice, person=busy.dana, kind="posting", pace="daily")


def test_a_break_while_letters_are_written_leaves_no_notice_either(cast, monkeypatch):
    factories.make_posting("submitted", cast.cedar)

    def broken(*args):
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(actions, "letter_of_notices", broken)
        with pytest.raises(RuntimeError):
            deliver()
    assert Notice.select().count() == Mail.select().count() == 0
    deliver()
    assert Notice.select().count() == MailNotice.select().count() == 2


# a way in is drawn by lot, and three letters of a name come by chance into what is
BY_LOT = re.compile(r"/(?:m|mail/off)/[\w.-]+|<[0-9a-f]+@")


def test_no_letter_tells_an_employer_who_a_student_is_nor_anybody_what_was_written(busy, server, send, clock):
    """Over every letter that a busy board sends, each header and both bodies."""
    clock(NOON + timedelta(days=8))
    actions.gather()
    send(all_due=True)
    assert set(Mail.select(Mail.state).distinct().tuples()) == {("sent",)}
    secret = [
        word.casefold()
        for student in Person.select().where(Person.role == "student")
        for word in (*student.name.split(), student.email)
    ]
    employers = {person.email for person in Person.select().where(Person.role == "employer")}
    said = (
        "Who is in the shop?",
        "Nobody.",
        "He asked for my address.",
        "Too low.",
        "It was close.",
        "Then pay",
        "Talked",
    )
    read = 0
    for letter in server.letters:
        text = BY_LOT.sub("", f"{letter.items()} {body(letter)} {body(letter, 'html')}")
        assert not [words for words in said if words in text], text
        if letter["To"] in employers:
            read += 1
            assert not [word for word in secret if word in text.casefold()], text
    assert read > 5


def test_a_letter_says_what_the_page_says(app, busy, server, send, clock, monkeypatch):
    monkeypatch.setattr(letters, "MOST_LINES", 500)
    clock(NOON + timedelta(days=8))
    actions.gather()
    send(all_due=True)
    for person in (busy.dana, busy.maya, busy.okafor, busy.ruiz):
        told = [row.notice_id for row in MailNotice.select().where(MailNotice.person == person)]
        notices = list(Notice.select().where(Notice.id.in_(told)))
        with app.app_context(), force_locale("en"):
            said = {translate(line.words, **line.values) for line in lines(notices, person)}
        got = " ".join(body(letter) for letter in to(server, person))
        assert len(told) > 1 and not [words for words in said if words not in got]


# -- by choice


def hears(cast, person, paces: dict) -> None:
    actions.choose(person, paces)
    factories.make_posting("submitted", cast.cedar)
    deliver()


def test_what_is_turned_off_stands_on_the_board_alone(cast, server, send, clock):
    hears(cast, cast.ruiz, {"posting": "off"})
    send()
    assert not to(server, cast.ruiz)
    assert Notice.select().where(Notice.person == cast.ruiz).count() == 1


def test_a_choice_made_before_the_letter_goes_still_counts(cast, server, send, clock):
    hears(cast, cast.ruiz, {"posting": "at-once"})
    actions.choose(cast.ruiz, {"posting": "off"})
    send()
    assert not to(server, cast.ruiz) and Mail.get(Mail.person == cast.ruiz).state == State.DROPPED


def test_a_daily_letter_comes_once_in_the_morning_with_all_of_it(cast, server, send, clock):
    for number in range(3):
        factories.make_posting("submitted", cast.cedar, title=f"Poster {number}")
    deliver()
    send()
    assert actions.gather() == 0 and not to(server, cast.okafor)
    clock(NOON + timedelta(hours=19))  # seven in the morning
    assert actions.gather() == 1 and actions.gather() == 0
    send()
    (letter,) = to(server, cast.okafor)
    assert letter["Subject"] == "3 notices from Lincoln High School"
    assert all(f"Poster {number}" in body(letter) for number in range(3))
    clock(NOON + timedelta(days=3))
    assert actions.gather() == 0


def test_a_weekly_letter_waits_for_monday(cast, server, send, clock):
    hears(cast, cast.okafor, {"posting": "weekly"})  # on a Wednesday
    for days, made in ((1, 0), (4, 0), (5, 1), (6, 0)):
        clock(NOON + timedelta(days=days))
        assert actions.gather() == made, days
    send()
    assert len(to(server, cast.okafor)) == 1


def test_a_morning_the_worker_slept_through_is_made_up_for_once(cast, server, send, clock):
    hears(cast, cast.okafor, {})
    clock(NOON + timedelta(days=9))
    assert actions.gather() == 1
    send()
    assert len(to(server, cast.okafor)) == 1


def test_what_somebody_has_read_on_the_board_is_not_told_again(cast, server, send, clock):
    factories.make_posting("submitted", cast.cedar, title="Seen")
    factories.make_posting("submitted", cast.cedar, title="Not seen")
    deliver()
    first = Notice.select().where(Notice.person == cast.okafor).order_by(Notice.step).first()
    Notice.update(read_at=now()).where(Notice.id == first.id).execute()
    clock(NOON + timedelta(days=1))
    actions.gather()
    send()
    (letter,) = to(server, cast.okafor)
    assert "“Not seen”" in body(letter) and "“Seen”" not in body(letter)
    factories.make_posting("submitted", cast.cedar)
    deliver()
    Notice.update(read_at=now()).execute()
    clock(NOON + timedelta(days=2))
    actions.gather()
    send()
    assert len(to(server, cast.okafor)) == 1


def test_another_choice_takes_along_what_waits_for_a_digest(cast, server, send, clock):
    hears(cast, cast.okafor, {"posting": "weekly"})
    actions.choose(cast.okafor, {"posting": "at-once"})
    clock(NOON + timedelta(days=1))
    assert actions.gather() == 1
    hears(cast, cast.okafor, {"posting": "daily"})
    actions.choose(cast.okafor, {"posting": "off"})
    clock(NOON + timedelta(days=9))
    assert actions.gather() == 0


def test_much_news_at_once_comes_in_one_letter(cast, server, send, clock):
    for number in range(6):
        factories.make_posting("submitted", cast.cedar, title=f"Poster {number}")
    deliver()
    send()
    (letter,) = to(server, cast.ruiz)
    assert letter["Subject"].startswith("6 notices") and "Poster 5" in body(letter)


def test_a_long_digest_is_cut_and_says_so(cast, server, send, clock, monkeypatch):
    monkeypatch.setattr(letters, "MOST_LINES", 2)
    for _number in range(5):
        factories.make_posting("submitted", cast.cedar)
    deliver()
    send()
    assert "And 3 more" in body(to(server, cast.ruiz)[0])


def test_a_student_without_an_address_reads_notices_on_the_board_alone(cast, clock):
    Person.update(email=None, username="maya").where(Person.id == cast.maya.id).execute()
    factories.make_application("offered", factories.make_posting("open", cast.cedar), cast.maya)
    deliver()
    assert Notice.select().where(Notice.person == cast.maya).count() == 1
    assert Mail.select().where(Mail.person == cast.maya).count() == 0


def test_at_night_a_student_hears_nothing_and_in_the_morning_all(cast, server, send, clock):
    clock(NIGHT)
    factories.make_application("offered", factories.make_posting("open", cast.cedar), cast.maya)
    deliver()
    send()
    assert not to(server, cast.maya) and to(server, cast.dana)
    clock(NIGHT + timedelta(hours=8, minutes=29))  # a minute to seven
    send()
    assert not to(server, cast.maya)
    clock(NIGHT + timedelta(hours=8, minutes=30))
    send()
    assert len(to(server, cast.maya)) == 1


def test_a_letter_of_the_day_that_is_tried_again_at_night_waits_as_well(cast, server, send, clock):
    factories.make_application("offered", factories.make_posting("open", cast.cedar), cast.maya)
    server.say["RCPT"] = lambda address, tried: "451 later" if tried == 1 else None
    deliver()
    send()
    clock(NIGHT)
    send()
    assert not to(server, cast.maya)
    assert Mail.get(Mail.person == cast.maya).tries == 1
    clock(NIGHT + timedelta(hours=9))
    send()
    assert len(to(server, cast.maya)) == 1


def test_a_letter_somebody_asked_for_knows_no_quiet_hours(cast, server, send, clock):
    clock(NIGHT)
    actions.queue("test", cast.maya, {"who": "Elena"})
    send()
    assert len(to(server, cast.maya)) == 1


def test_what_waited_goes_to_the_address_of_now_and_not_to_the_one_before(cast, server, send, clock):
    factories.make_posting("open", cast.cedar)
    deliver()
    Person.update(email="dana.new@example.org").where(Person.id == cast.dana.id).execute()
    send()
    assert not to(server, cast.dana)
    assert {letter["To"] for letter in server.letters if "/m/" in body(letter)} == {"dana.new@example.org"}


def test_whoever_has_left_gets_nothing_more(cast, server, send, clock):
    factories.make_posting("open", cast.cedar)
    deliver()
    Person.update(ended_at=now()).where(Person.id.in_([cast.dana.id, cast.okafor.id])).execute()
    send()
    clock(NOON + timedelta(days=1))
    assert actions.gather() == 0
    send()
    assert not to(server, cast.dana) and not to(server, cast.okafor)


# -- what is kept


def test_letters_are_forgotten_after_some_weeks_with_what_they_told(cast, server, send, clock):
    factories.make_posting("open", cast.cedar)
    deliver()
    lost = actions.queue("test", cast.dana, {"who": "Elena"})
    Mail.update(state=State.FAILED).where(Mail.id == lost.id).execute()
    send()
    assert actions.forget() == 0
    clock(NOON + timedelta(days=31))
    assert actions.forget() == 2  # the coordinator's and the employer's
    assert [mail.id for mail in Mail.select()] == [lost.id]
    assert {row.mail_id for row in MailNotice.select()} == {None}  # the teacher's waits for its morning
    clock(NOON + timedelta(days=91))
    assert actions.forget() == 1
    assert Notice.select().count() == 3


def test_without_a_mail_server_letters_lie_in_a_folder_of_their_own(app, settings, cast, send):
    (mail,) = [actions.queue("test", cast.dana, {"who": "Elena"})]
    send()
    folder = settings.data / "outbox"
    (path,) = folder.glob("*")
    assert path.name == mail.message_id.strip("<>") + ".eml" and b"Elena" in path.read_bytes()
    assert folder.stat().st_mode & 0o077 == 0 and path.stat().st_mode & 0o077 == 0
    Mail.update(state=State.WAITING, sent_at=None, content=mail.content).execute()  # killed before it was marked
    send()
    assert len(list(folder.glob("*"))) == 1
    half = folder / f".{path.name}.4711"  # and killed while it was written
    half.write_text("half a letter")
    sending.forget_files()
    assert path.exists() and half.exists()
    for one in (path, half):
        os.utime(one, (1, 1))
    sending.forget_files()
    assert list(folder.iterdir()) == []


def test_many_letters_are_written_in_one_go_and_sent_a_round_at_a_time(app, cast, settings, monkeypatch):
    with database.atomic():
        for number in range(1_000):
            actions.queue("test", f"someone{number}@example.org", {"who": "Elena"})
    monkeypatch.setattr(sending, "ROUND_SECONDS", 0.2)
    sending.send_round()
    assert sending.has_more()
    sent = Mail.select().where(Mail.state == State.SENT).count()
    assert 0 < sent <= sending.ROUND
