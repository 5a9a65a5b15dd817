"""The commands, as somebody at a terminal meets them: what they do, and one clear line where they can't."""

import io
import sqlite3
from contextlib import closing

import pytest

from board.db import database
from board.employers.model import Employer
from board.moves import Step
from board.people.actions import check_sign_in, find_key
from board.people.model import KeyKind, Person
from board.placements import files, handing_actions
from board.postings.model import IndexRepair, Posting
from board.school.model import Field, School, Skill
from board.search import index
from tests import factories


@pytest.fixture
def run(app):
    return runner_of(app)


@pytest.fixture
def run_empty(empty_app):
    return runner_of(empty_app)


def runner_of(app):
    def call(*arguments, typed: str = "", fails: bool = False):
        result = app.test_cli_runner().invoke(args=[str(argument) for argument in arguments], input=typed)
        database.connect(reuse_if_open=True)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        assert (result.exit_code != 0) == fails, result.output
        return result.output

    return call


# -- create-user


def test_the_first_account_founds_the_school_and_nothing_asks_for_set_up(run_empty, empty_app):
    link = run_empty("set-up-link").strip().rsplit("/", 1)[1]
    said = run_empty(
        "create-user", "--role", "coordinator", "--name", "Elena Ruiz", "--email", "Ruiz@Example.org",
        "--school", "Lincoln High School", "--state", "or", "--time-zone", "America/Los_Angeles",
    )  # fmt: skip
    school = School.here()
    assert (school.name, school.state, school.time_zone) == ("Lincoln High School", "OR", "America/Los_Angeles")
    assert "Founded “Lincoln High School” (OR, America/Los_Angeles)" in said
    assert Person.get().email == "ruiz@example.org" and Skill.select().exists()
    assert find_key(KeyKind.SET_UP, link) is None
    assert empty_app.test_client().get("/sign-in").status_code == 200
    assert "set up already" in run_empty("set-up-link", fails=True)


def test_a_school_that_says_nothing_gets_a_name_and_a_time_zone(run_empty, monkeypatch):
    monkeypatch.setenv("TZ", "America/Chicago")
    run_empty("create-user", "--role", "teacher", "--name", "Sam Okafor", "--email", "sam@example.org")
    assert (School.here().name, School.here().state, School.here().time_zone) == ("Our school", "IL", "America/Chicago")


def test_the_way_in_that_is_printed_opens(run):
    said = run("create-user", "--role", "teacher", "--name", "Sam Okafor", "--email", "sam@example.org")
    assert find_key(KeyKind.INVITATION, said.strip().rsplit("/welcome/", 1)[1]).person.name == "Sam Okafor"
    said = run(
        "create-user", "--role", "student", "--name", "Maya Rivera", "--grade", "10", "--birth-date", "2010-05-04"
    )
    student, by_code = check_sign_in("mrivera", said.strip().rsplit(" ", 1)[1])
    assert (student.name, student.grade, str(student.birth_date), by_code) == ("Maya Rivera", 10, "2010-05-04", True)


def test_a_password_comes_from_standard_input(run):
    run("create-user", "--role", "coordinator", "--name", "Elena Ruiz", "--email", "ruiz@example.org", "--password-stdin",
        typed="seven purple kettles\n")  # fmt: skip
    assert check_sign_in("ruiz@example.org", "seven purple kettles")[0].role == "coordinator"


def test_an_employers_person_joins_the_employer_of_that_name_or_a_new_one(run):
    cedar = factories.make_employer("Cedar Print")
    run("create-user", "--role", "employer", "--name", "Dana", "--email", "d@example.org", "--employer", "cedar  PRINT")
    run("create-user", "--role", "employer", "--name", "Omar", "--email", "o@example.org", "--employer", "Mill Cafe")
    assert Person.get(Person.name == "Dana").employer_id == cedar.id
    assert Person.get(Person.name == "Omar").employer.state == "unverified" and Employer.select().count() == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--role", "principal", "--name", "X", "--email", "x@example.org"), "Invalid value for '--role'"),
        (("--role", "teacher", "--name", " ", "--email", "x@example.org"), "Give a name"),
        (("--role", "teacher", "--name", "x" * 121, "--email", "x@example.org"), "Give a name"),
        (("--role", "teacher", "--name", "X"), "Give a mail address"),
        (("--role", "teacher", "--name", "X", "--email", "nonsense"), "nonsense is not a mail address"),
        (("--role", "teacher", "--name", "X", "--email", "taken@example.org"), "an account with the mail address"),
        (("--role", "employer", "--name", "X", "--email", "x@example.org"), "--employer NAME goes with"),
        (
            ("--role", "teacher", "--name", "X", "--email", "x@example.org", "--employer", "Y"),
            "--employer NAME goes with",
        ),
        (("--role", "teacher", "--name", "X", "--email", "x@example.org", "--grade", "10"), "Only students"),
        (("--role", "student", "--name", "X", "--grade", "8"), "from 9 to 12"),
        (("--role", "student", "--name", "X", "--birth-date", "2040-01-01"), "can't be right"),
        (("--role", "student", "--name", "X", "--birth-date", "May 4"), "Invalid value for '--birth-date'"),
    ],
)
def test_what_cannot_be_an_account_is_refused_in_words(run, arguments, words):
    factories.make_person("teacher", email="taken@example.org")
    before = Person.select().count()
    assert words in run("create-user", *arguments, fails=True)
    assert Person.select().count() == before


def test_a_weak_password_makes_no_account(run):
    said = run("create-user", "--role", "teacher", "--name", "X", "--email", "x@example.org", "--password-stdin",
               typed="short\n", fails=True)  # fmt: skip
    assert "12 characters" in said and Person.select().count() == 0
    assert "No password" in run("create-user", "--role", "teacher", "--name", "X", "--email", "x@example.org",
                                "--password-stdin", fails=True)  # fmt: skip


def test_a_state_or_zone_that_does_not_exist_founds_nothing(run_empty):
    for wrong in (("--state", "XX"), ("--time-zone", "Mars/Olympus"), ("--school", "x" * 200)):
        run_empty("create-user", "--role", "teacher", "--name", "X", "--email", "x@example.org", *wrong, fails=True)
        assert School.here() is None and Person.select().count() == 0


# -- demo, import, index


def test_the_demo_goes_into_an_empty_board_only(run_empty):
    assert "river otter notebook" in run_empty("seed-demo")
    people = Person.select().count()
    assert "holds people" in run_empty("seed-demo", fails=True)
    assert Person.select().count() == people


def test_an_import_says_what_went_in_and_lists_what_did_not(run, tmp_path):
    path = tmp_path / "postings.csv"
    path.write_text("Job,employer,field,hours,pay\nPoster,Cedar,design-media,5,90\nBad,Cedar,design-media,500,90\n")
    said = run("import-postings", path, "--dry-run", "--column", "title=Job")
    assert "1 postings would go in, 0 were there, 1 refused." in said and Posting.select().count() == 0
    said = run("import-postings", path, "--column", "title=Job", "--state", "open", "--employer-verified")
    assert (
        "line 3: hours: “500” is not a whole number from 1 to 80" in said and "1 open postings are in the index" in said
    )
    assert Posting.get().state == "open" and IndexRepair.select().count() == 0
    said = run("import-postings", path, "--column", "title=Job", "--state", "open", "--employer-verified")
    assert "0 postings went in, 1 were there, 1 refused." in said and "index" not in said
    assert "no column for title" in run("import-postings", path, fails=True)
    assert "can't be read" in run("import-postings", tmp_path / "none.csv", fails=True)


def test_postings_may_come_before_the_school_is_named(run_empty, empty_app, tmp_path):
    file = tmp_path / "postings.csv"
    file.write_text("title,employer,field,hours,pay_usd,skills\nA poster,Cedar Print,Design & Media,10,200,Canva\n")
    assert "name the school first" in run_empty("import-postings", file, "--dry-run", fails=True)
    assert "1 postings went in" in run_empty("import-postings", file, "--state", "open", "--employer-verified")
    assert empty_app.test_client().get("/").status_code == 200
    run_empty("create-user", "--role", "teacher", "--name", "Sam Okafor", "--email", "sam@example.org")
    assert Posting.get().field.slug == "design-media" and Field.select().count() == 17


def test_a_new_index_holds_every_open_posting(run):
    factories.make_posting()
    factories.make_posting("submitted")
    assert "1 open postings are in the index" in run("reindex")
    assert len(index.held()) == 1


def test_a_command_on_a_database_that_is_behind_says_what_to_run(run):
    database.execute_sql("DELETE FROM schema_migration")
    for command in (("reindex",), ("seed-demo",), ("import-postings", "x.csv"), ("worker",)):
        assert "Run: flask --app wsgi migrate" in run(*command, fails=True)


# -- backup, restore, doctor


def test_a_backup_is_whole_its_owners_alone_and_comes_back(run, tmp_path):
    factories.make_posting(title="Before")
    copy = tmp_path / "backups" / "board.sqlite3"
    run("backup", copy)
    assert copy.stat().st_mode & 0o077 == 0
    factories.make_posting(title="After")
    said = run("restore", copy)
    assert [posting.title for posting in Posting.select()] == ["Before"]
    assert "1 open postings are in the index" in said and "before-restore" in said
    assert database.pragma("journal_mode") == "wal"


def test_a_backup_takes_what_students_handed_in_along_and_brings_it_back(run, tmp_path):
    placement = factories.make_placement("active")
    piece = handing_actions.add_file(placement, placement.student, "sign.pdf", io.BytesIO(b"%PDF-1.7 sign"))
    copy = tmp_path / "backups" / "board.sqlite3"
    assert "in board-files: 1 files that people handed in" in run("backup", copy)
    files.drop(piece.stored)
    assert "1 of the 1 files that people handed in are there" in run("restore", copy)
    assert files.path_of(piece.stored).read_bytes() == b"%PDF-1.7 sign"
    files.drop(piece.stored)
    assert "1 that people handed in are not on the disk" in run("doctor")
    (copy.parent / "board-files" / piece.stored).unlink()
    assert "1 files are not on the disk any more" in run("backup", copy)
    assert "1 are not: they were not in board-files" in run("restore", copy)


def test_what_is_no_sound_backup_is_refused_and_nothing_is_replaced(run, tmp_path):
    posting = factories.make_posting()
    copy, other, newer, noise = (tmp_path / name for name in ("copy", "other", "newer", "noise"))
    run("backup", copy)
    noise.write_bytes(b"not a database at all" * 400)
    with closing(sqlite3.connect(other)) as made:
        made.execute("CREATE TABLE songs (name)")
        made.commit()
    newer.write_bytes(copy.read_bytes())
    with closing(sqlite3.connect(newer)) as made:
        made.execute("INSERT INTO schema_migration (name, applied) VALUES ('9999_future', '2030-01-01')")
        made.commit()
    half = tmp_path / "half"
    half.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
    assert "is not a database" in run("restore", noise, fails=True)
    assert "is not a board's database" in run("restore", other, fails=True)
    assert "newer version of the board (9999_future)" in run("restore", newer, fails=True)
    assert "damaged" in run("restore", half, fails=True) or "not a database" in run("restore", half, fails=True)
    assert "There is no file" in run("restore", tmp_path / "nothing", fails=True)
    assert "is a folder" in run("backup", tmp_path, fails=True)
    assert Posting.get().id == posting.id


def test_a_board_that_runs_is_not_replaced(run, settings, tmp_path):
    copy = tmp_path / "copy.sqlite3"
    run("backup", copy)
    with closing(sqlite3.connect(settings.database)) as server:
        server.execute("SELECT COUNT(*) FROM posting").fetchone()
        assert "The board is running" in run("restore", copy, fails=True)


def test_doctor_is_content_with_a_board_that_is_well(run):
    factories.make_posting()
    run("reindex")
    said = run("doctor")
    assert "1 open postings, the same as in the database" in said and "BAD" not in said
    assert "warning  mail" in said and "warning  backup" in said


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("DELETE FROM schema_migration", "BAD      migrations"),
        ("UPDATE posting SET state = 'paused'", "BAD      index      1 postings missing or too many"),
        ("UPDATE step SET at = '2020-01-01 00:00:00'", "is the worker running?"),
        ("INSERT INTO index_repair VALUES (99, 'x', '2020-01-01 00:00:00')", "BAD      repairs"),
    ],
)
def test_doctor_finds_what_is_wrong_and_ends_with_another_status(run, harm, words):
    factories.make_posting()
    run("reindex")
    database.execute_sql(harm)
    assert words in run("doctor", fails=True)


def test_doctor_finds_rows_that_point_nowhere(run):
    posting = factories.make_posting()
    run("reindex")
    database.pragma("foreign_keys", 0)
    database.execute_sql("UPDATE posting_skill SET skill_id = 99999 + id WHERE posting_id = ?", (posting.id,))
    database.pragma("foreign_keys", 1)
    assert "rows point at rows that are gone (posting_skill)" in run("doctor", fails=True)


def test_steps_of_the_command_line_name_nobody(run):
    run("create-user", "--role", "teacher", "--name", "Sam Okafor", "--email", "sam@example.org")
    assert [(step.noun, step.move, step.person) for step in Step.select()] == [("person", "add", None)]


# -- erasing a person


def test_erase_person_says_what_goes_does_it_once_and_names_the_copies(run, app, cast, settings):
    number = cast.maya.id
    copy = settings.data / "backups" / "before.sqlite3"
    run("backup", copy)
    said = run("erase-person", number, "--dry-run")
    assert "     1 person" in said and "dry run" in said and Person.get_by_id(number).name == "Maya Rivera"
    said = run("erase-person", number)
    assert "Erased." in said and "before.sqlite3 still holds them, to be deleted by" in said
    assert Person.get_by_id(number).name == "Erased person"
    assert b"Maya Rivera" not in settings.database.read_bytes()
    assert "was erased before" in run("erase-person", number)
    assert "nobody with the ID 9999" in run("erase-person", "9999", fails=True)
    factories.make_placement("active", factories.make_posting("open", cast.cedar), cast.leo)
    assert "not finished yet" in run("erase-person", cast.leo.id, fails=True)


def test_a_backup_that_is_put_back_does_not_bring_back_who_was_erased(run, app, cast, settings):
    number = cast.maya.id
    copy = settings.data / "backups" / "before.sqlite3"
    run("backup", copy)
    run("erase-person", number)
    said = run("restore", copy)
    assert f"Person {number} was erased after this backup was made, and is erased again." in said
    assert Person.get_by_id(number).name == "Erased person" and Person.get_by_id(cast.leo.id).name == "Leo Chen"
    assert b"Maya Rivera" not in settings.database.read_bytes()
