"""Erasing a person: what is theirs is gone to the last byte, what others need stays without them, counts stay."""

import json
from datetime import date

import pytest
from peewee import fn

from board import notices
from board.applications.model import Answer, Application, Evidence
from board.db import database, now, open_at
from board.experience.model import Experience
from board.mail.model import Mail
from board.moves import Refused, Step
from board.people import actions as people
from board.people import sessions
from board.people.model import Key, Person, PersonSkill, SignIn, Slowdown
from board.placements import files
from board.placements.model import Attachment, HoursEntry, Message, Placement
from board.postings.model import Comment, Posting, SavedSearch
from board.privacy import cleaning, scrub
from board.privacy.erase import come_back, erase, look_ahead
from board.privacy.holds import held_by
from board.privacy.letters import words_of
from board.privacy.model import Correction, Disclosure, Erasure
from board.school.model import today
from board.search import index
from tests import factories

NAME, MAIL, USERNAME, BORN = "Zoë Quillfeather", "zoe.quillfeather@example.org", "zquill77", "2009-02-17"
PLAIN = "Quillfeather"
SECRETS = (PLAIN, "zoe.quill", USERNAME, BORN, "Zoë", r"Zo\u00eb")


@pytest.fixture
def zoe(cast, settings):
    """A student with something in every place: applied, worked, wrote and was written about."""
    person = Person.create(
        role="student",
        name=NAME,
        email=MAIL,
        username=USERNAME,
        grade=11,
        birth_date=date.fromisoformat(BORN),
        adviser=cast.okafor,
    )
    people.set_password(person, "window kettle lantern")
    person = Person.get_by_id(person.id)
    sessions.begin(person, "Test")
    people.make_codes([person], cast.ruiz)
    PersonSkill.create(person=person, skill=factories.make_posting().skills.first().skill_id)
    SavedSearch.create(student=person, asked="q=poster")
    read = factories.make_application("draft", factories.make_posting(), person)
    from board.applications import actions as applications

    applications.ask_to_read(read, person, cast.okafor)
    factories.make_application("not_selected", factories.make_posting(employer=cast.mill), person)
    posting = factories.make_posting("open", cast.cedar, title="Signs for the door")
    kept = factories.make_experience(posting, person, 90)
    placement = Placement.get_by_id(kept.placement_id)
    Message.create(placement=placement, writer=person, words=f"Here I am. {NAME}")
    Message.create(placement=placement, writer=cast.dana, words="Thank you, Zoë! Ms. Quillfeather, that is good work.")
    with open(settings.data / "hand-in.txt", "wb") as file:
        file.write(b"by Quillfeather")
    with open(settings.data / "hand-in.txt", "rb") as file:
        stored = files.keep(file, 1000)
    (settings.data / "hand-in.txt").unlink()
    Attachment.create(placement=placement, person=person, name="zoe.txt", stored=stored.stored, size=stored.size)
    Comment.create(posting=posting, author=cast.okafor, words=f"A good one for zoë  QUILLFEATHER, or write to {MAIL}.")
    Step.create(
        noun="posting",
        noun_id=posting.id,
        move="comment",
        person=cast.okafor,
        to_state="open",
        detail=json.dumps({"about": NAME, "n": 2}),
    )
    Correction.create(person=person, words="My grade is 12.")
    notices.deliver()
    factories.letters(settings)
    return person


def bytes_with(folder, secrets) -> list[tuple[str, str]]:
    """Files of the board that hold one of these, as (file, secret); letters are read as their reader would."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            text = path.read_bytes()
            found += [(path.name, one) for one in secrets if one.encode() in text]
    return found


def test_no_byte_of_a_person_is_left_in_any_file_of_the_board(app, cast, zoe, settings):
    index.rebuild()
    database.execute_sql("PRAGMA secure_delete = OFF")  # somebody deleted something in another week
    Comment.create(posting=factories.make_posting(), author=cast.okafor, words=f"Ask {NAME}. " * 900)
    settled(settings)
    Comment.delete().where(Comment.id == Comment.select(fn.MAX(Comment.id))).execute()
    settled(settings)
    before = {one for _name, one in bytes_with(settings.data, SECRETS)}
    assert {PLAIN, "zoe.quill", USERNAME, BORN} <= before, "the test would find them"
    letters = len(list((settings.data / "outbox").glob("*.eml")))
    erase(zoe, cast.ruiz, settings.data)
    assert cleaning.clean() == 1
    assert bytes_with(settings.data, SECRETS) == []
    assert bytes_with(settings.index, SECRETS) == []
    assert 0 < len(list((settings.data / "outbox").glob("*.eml"))) < letters, "letters to others stay"
    assert Erasure.get(Erasure.person == zoe).cleaned_at is not None
    assert cleaning.clean() == 0


def settled(settings):
    """What is in the log is in the file, too."""
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def test_what_is_theirs_alone_is_deleted_and_what_others_need_stays_without_them(app, cast, zoe, settings):
    hours = HoursEntry.select().count(), sum(entry.minutes for entry in HoursEntry.select())
    mine = [application.id for application in Application.select().where(Application.student == zoe)]
    erase(zoe, cast.ruiz, settings.data)
    row = Person.get_by_id(zoe.id)
    assert (row.name, row.email, row.username, row.birth_date, row.grade) == (
        "Erased person",
        None,
        f"erased-{zoe.id}",
        None,
        None,
    )
    assert row.password_hash is None and row.ended_at is not None and row.adviser_id is None
    gone = (
        SignIn.person,
        Key.person,
        PersonSkill.person,
        SavedSearch.student,
        Mail.person,
        Experience.student,
        Disclosure.student,
    )
    assert [key for key in gone if key.model.select().where(key == zoe).exists()] == []
    assert not Answer.select().where(Answer.application.in_(mine)).exists()
    assert not Evidence.select().where(Evidence.application.in_(mine)).exists()
    assert {a.why for a in Application.select().where(Application.id.in_(mine))} == {""}
    assert Attachment.select().count() == 0 and list(files.there()) == []
    # counts
    assert Application.select().where(Application.student == zoe).count() == len(mine) == 3
    assert Placement.select().where(Placement.state == "completed").count() == 1
    assert (HoursEntry.select().count(), sum(entry.minutes for entry in HoursEntry.select())) == hours
    # the words of others, without the name
    words = {message.writer_id: message.words for message in Message.select()}
    assert words == {zoe.id: "[erased]", cast.dana.id: "Thank you, [name]! Ms. [name], that is good work."}
    assert Comment.select().order_by(Comment.id.desc()).first().words == "A good one for [name], or write to [name]."
    step = Step.select().where(Step.move == "comment", Step.detail != "").order_by(Step.id.desc()).first()
    assert step.facts == {"about": "[name]", "n": 2}


def test_a_second_time_nothing_is_done(app, cast, zoe, settings):
    assert erase(zoe, cast.ruiz, settings.data)
    steps = Step.select().count()
    assert erase(Person.get_by_id(zoe.id), cast.ruiz, settings.data) == {}
    assert (Erasure.select().count(), Step.select().count()) == (1, steps)


def test_a_dry_run_says_how_much_and_changes_nothing(app, cast, zoe, settings):
    before = database.execute_sql("SELECT count(*) FROM step").fetchone(), Person.get_by_id(zoe.id).name
    counts = erase(zoe, None, settings.data, dry_run=True)
    ahead = look_ahead(zoe)
    assert (ahead["application"], ahead["experience"], ahead["attachment"]) == (3, 1, 1)
    assert counts["application"] == 3 and counts["experience"] == 1 and counts["comment"] == 1
    assert (database.execute_sql("SELECT count(*) FROM step").fetchone(), Person.get_by_id(zoe.id).name) == before
    assert not Erasure.select().exists() and list(files.there())
    assert SignIn.select().where(SignIn.person == zoe, SignIn.ended_at.is_null()).exists()


def test_it_is_refused_while_a_project_runs_or_a_report_is_open(app, cast, settings):
    placement = factories.make_placement("active", factories.make_posting(employer=cast.cedar), cast.maya)
    with pytest.raises(Refused, match="not finished"):
        erase(cast.maya, cast.ruiz, settings.data)
    for teacher in (placement.lead, placement.cover):
        assert "not finished" in str(held_by(teacher))
    Placement.update(state="ended_early", ended_at=now(), end_reason="plans").execute()
    assert held_by(cast.maya) is None
    application = Application.get_by_id(placement.application_id)
    report = factories.make_report("application", application.id, cast.dana, "Odd.")
    colleague = factories.make_person("employer", "Kim Aldous", employer=cast.cedar)
    for person in (cast.maya, cast.dana, colleague):
        with pytest.raises(Refused, match="as it is for now") as refused:
            erase(person, cast.ruiz, settings.data)
        said = refused.value.words
        assert "report" not in said and "safety" not in said, "it may be about who reads it"
    assert held_by(cast.omar) is None
    factories.close_report(report, cast.ruiz)
    assert held_by(cast.maya) is None and held_by(colleague) is None
    assert Person.get_by_id(cast.maya.id).name == "Maya Rivera"


def test_who_may_not_is_refused(app, cast, settings):
    for person in (cast.okafor, cast.maya, cast.dana):
        with pytest.raises(Refused, match="coordinator"):
            erase(cast.leo, person, settings.data)
    with pytest.raises(Refused, match="yourself"):
        erase(cast.ruiz, cast.ruiz, settings.data)


def test_an_employers_person_goes_from_postings_and_from_the_index(app, cast, settings):
    dana = Person.create(role="employer", name="Ottoline Vex", email="ottoline@vexprint.example", employer=cast.cedar)
    posting = factories.make_posting(
        "open", cast.cedar, title="Posters by Ottoline Vex", summary="Ask for Ottoline Vex."
    )
    Posting.update(contact=dana).where(Posting.id == posting.id).execute()
    index.rebuild()
    index.repair()
    assert bytes_with(settings.index, ["ottoline"])
    version = Posting.get_by_id(posting.id).version
    erase(dana, cast.ruiz, settings.data)
    row = Posting.get_by_id(posting.id)
    assert (row.title, row.summary, row.contact_id) == (
        "Posters by [name]",
        "Ask for [name].",
        None,
    ) and row.version > version
    cleaning.clean()
    assert (
        bytes_with(settings.index, ["ottoline", "Ottoline"])
        == bytes_with(settings.data, ["ottoline", "Ottoline"])
        == []
    )


def test_a_name_that_somebody_else_has_too_stays_theirs(app, cast, settings):
    other = factories.make_student(name="Maya Rivera")
    comment = Comment.create(posting=factories.make_posting(), author=cast.okafor, words="Good for Maya Rivera.")
    erase(cast.maya, cast.ruiz, settings.data)
    assert Person.get_by_id(other.id).name == "Maya Rivera"
    assert Comment.get_by_id(comment.id).words == "Good for Maya Rivera."


def test_a_first_name_alone_is_taken_out_of_what_is_theirs_and_nowhere_else(app, cast, settings):
    person = factories.make_student(name="May Hill")
    placement = factories.make_placement("completed", factories.make_posting(employer=cast.cedar), person)
    near = Message.create(
        placement=placement, writer=cast.dana, words="May, you may start. The Hill is steep; hilly roads."
    )
    far = Comment.create(
        posting=factories.make_posting(), author=cast.okafor, words="From May on, up the Hill. May Hill knows."
    )
    erase(person, cast.ruiz, settings.data)
    assert Message.get_by_id(near.id).words == "[name], you may start. The [name] is steep; hilly roads."
    assert Comment.get_by_id(far.id).words == "From May on, up the Hill. [name] knows."


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Ann Lee", "[name]"), ("ann   lee!", "[name]!"), ("Ann Leeds", "Ann Leeds"), ("Joann Lee", "Joann Lee"),
        ("to annlee99, please", "to [name], please"), ("annlee99@else.org", "annlee99@else.org"),
        ("mail a.lee@example.org.", "mail [name]."), ("xa.lee@example.org", "xa.lee@example.org"),
        ('{"who": "Ann Lee", "n": [1, "Ann Lee"]}', '{"who": "[name]", "n": [1, "[name]"]}'),
        ('{"note": "one\\nAnn Lee"}', '{"note": "one\\n[name]"}'), ("{not JSON, Ann Lee", "{not JSON, [name]"),
    ],
)  # fmt: skip
def test_what_counts_as_the_name(text, without):
    names = scrub.Names("Ann Lee", ("a.lee@example.org", "annlee99"), ("Ann", "Lee"))
    assert scrub.without(text, names.everywhere) == without


def test_tries_to_sign_in_are_forgotten(app, cast, zoe, settings):
    people.check_sign_in(MAIL, "wrong")
    assert Slowdown.select().exists()
    erase(zoe, cast.ruiz, settings.data)
    assert not Slowdown.select().exists()


def test_a_letter_is_read_as_its_reader_would(app, cast, zoe, settings):
    letters = factories.letters(settings)
    assert any(PLAIN in words_of(letter) for letter in letters)


def test_who_was_erased_does_not_come_back_with_a_backup(app, cast, zoe, settings, tmp_path):
    from board.backups import backup

    backup(settings.database, settings.data / "backups" / "old.sqlite3")
    erase(zoe, cast.ruiz, settings.data)
    assert come_back(settings.data) == []
    (copy,) = cleaning.copies(settings.data, now(), 30)
    assert copy.name == "old.sqlite3" and (copy.gone_on - today()).days in (29, 30, 31)
    database.close()
    open_at(settings.data / "backups" / "old.sqlite3")
    database.connect()
    assert [person.name for person in come_back(settings.data)] == [NAME]
    Person.update(created_at=date(2020, 1, 1)).where(Person.id == zoe.id).execute()
    assert come_back(settings.data) == [], "a number that somebody else has now is not them"
