"""Files on disk: whole before a row speaks of them, nobody else's to read, and none left behind whenever it breaks."""

import io
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from threading import Barrier, Thread

import pytest

from board import backups, doctor
from board.db import database
from board.moves import NotAllowed, Refused, Step, TooLate
from board.placements import files, handing_actions, handing_rules
from board.placements.actions import note
from board.placements.files import LEFT_BEHIND
from board.placements.model import Attachment, Placement
from tests import factories
from tests.test_tasks import ROOT

PDF = b"%PDF-1.7\n" + b"x" * 2000


@pytest.fixture
def placement(app, cast):
    return factories.make_placement("active", factories.make_posting(employer=cast.cedar), cast.maya)


def add(placement, cast, name="work.pdf", content=PDF):
    return handing_actions.add_file(placement, cast.maya, name, io.BytesIO(content))


def on_disk() -> list[str]:
    return sorted(path.name for path in files.folder().iterdir()) if files.folder().is_dir() else []


def age(seconds: float) -> None:
    for path in files.folder().iterdir():
        os.utime(path, (time.time() - seconds,) * 2)


def test_a_file_lies_under_a_random_name_for_its_owner_alone(placement, cast, settings):
    row = add(placement, cast)
    path = files.path_of(row.stored)
    assert path.parent == settings.data / "files" and path.read_bytes() == PDF
    assert "work" not in path.name and len(path.name) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert (row.size, row.kind, row.name) == (len(PDF), "application/pdf", "work.pdf")
    assert Step.of(placement).order_by(Step.id.desc()).get().move == "attach"


def test_what_is_too_large_too_many_or_there_already_gets_its_sentence_and_leaves_nothing(placement, cast, monkeypatch):
    monkeypatch.setattr(handing_rules, "FILE_MOST", 5000)
    monkeypatch.setattr(handing_rules, "TOGETHER_MOST", 6000)
    monkeypatch.setattr(handing_rules, "FILES_MOST", 2)
    add(placement, cast)
    for name, content, words in (
        ("big.pdf", PDF + b"x" * 5000, "“big.pdf” is larger than 25 MB"), ("more.pdf", PDF + b"x" * 2000, "together may have 100 MB"),
        ("work.pdf", PDF, "is there already"), ("none.pdf", b"", "is empty"), ("\u202e", PDF, "Give the file a name"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            add(placement, cast, name, content)
        assert words in str(refused.value)
    add(placement, cast, "second.pdf")
    with pytest.raises(Refused, match="room for 20 files"):
        add(placement, cast, "third.pdf", PDF + b"y")
    assert len(on_disk()) == Attachment.select().count() == 2
    for _number in range(handing_rules.LINKS_MOST):
        handing_actions.add_link(placement, cast.maya, "example.org")
    with pytest.raises(Refused, match="room for 20 links"):
        handing_actions.add_link(placement, cast.maya, "example.org")


def test_ten_uploads_at_once_into_room_for_three_and_three_stay(placement, cast, monkeypatch):
    monkeypatch.setattr(handing_rules, "FILES_MOST", 3)
    gate, said = Barrier(10), []

    def upload(number):
        database.connect(reuse_if_open=True)
        try:
            gate.wait(10)
            said.append(add(Placement.get_by_id(placement.id), cast, f"{number}.pdf", PDF + bytes([48 + number])))
        except Refused as refused:
            said.append(refused)
        finally:
            database.close()

    threads = [Thread(target=upload, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(said) == 10 and sum(isinstance(one, Refused) for one in said) == 7
    assert on_disk() == sorted(row.stored for row in Attachment.select()) and len(on_disk()) == 3


def test_removing_takes_row_and_file_and_what_is_handed_in_stays(placement, cast):
    gone, kept = add(placement, cast), add(placement, cast, "kept.pdf", PDF + b"2")
    handing_actions.remove(placement, cast.maya, gone.id)
    assert on_disk() == [kept.stored]
    with pytest.raises(TooLate):
        handing_actions.remove(placement, cast.maya, gone.id)
    handing_actions.deliver(placement, cast.maya)
    with pytest.raises(TooLate):
        handing_actions.remove(placement, cast.maya, kept.id)
    assert on_disk() == [kept.stored]


def test_only_the_student_and_only_while_it_runs(placement, cast):
    for person in (cast.leo, cast.dana, cast.okafor, cast.omar):
        with pytest.raises(NotAllowed):
            handing_actions.add_file(placement, person, "work.pdf", io.BytesIO(PDF))
    for columns in ({"state": "agreed"}, {"state": "delivered"}, {"held_at": "2026-01-01 00:00:00"}):
        Placement.update(**({"state": "active", "held_at": None} | columns)).where(
            Placement.id == placement.id
        ).execute()
        with pytest.raises((TooLate, Refused)):
            add(placement, cast)
    assert on_disk() == [] and Attachment.select().count() == 0


# -- whenever it breaks


@pytest.mark.parametrize("where", ["create", "note", "room"])
def test_a_break_between_any_two_writes_leaves_neither_row_nor_file(placement, cast, monkeypatch, where):
    def broken(*_args, **_more):
        raise OSError("the disk is full")

    target = Attachment if where == "create" else handing_actions
    monkeypatch.setattr(target, where, broken)
    with pytest.raises(OSError, match="the disk is full"):
        add(placement, cast)
    assert on_disk() == [] and Attachment.select().count() == 0
    assert not Step.select().where(Step.move == "attach").exists()


KILLED = """
import io, os, signal, sys
from board import create_app
from board.db import database
from board.people.model import Person
from board.placements import files, handing_actions
from board.placements.model import Attachment, Placement
create_app()
database.connect()
placement = Placement.get()
student = Person.get(Person.name == "Maya Rivera")
die = lambda *args, **more: os.kill(os.getpid(), signal.SIGKILL)
moment = sys.argv[1]
if moment == "written":
    handing_actions.room = die
elif moment == "half":
    os.fsync = die
elif moment == "row":
    handing_actions.note = die
elif moment == "removed":
    files.drop = die
if moment == "removed":
    handing_actions.remove(placement, student, Attachment.get().id)
else:
    handing_actions.add_file(placement, student, "second.pdf", io.BytesIO(b"%PDF-1.7 second"))
"""


@pytest.mark.skipif(os.name == "nt", reason="nothing there kills as SIGKILL does")
def test_killed_between_any_two_writes_no_row_is_without_its_file_and_the_rest_is_swept(placement, cast, settings):
    first = add(placement, cast)
    environ = os.environ | {"BOARD_DATA": str(settings.data), "BOARD_INDEX": str(settings.index)}
    for moment, rows, left in (("half", 1, 2), ("written", 1, 2), ("row", 1, 2), ("removed", 0, 1)):
        ended = subprocess.run([sys.executable, "-c", KILLED, moment], cwd=ROOT, env=environ, timeout=60)
        assert ended.returncode == -signal.SIGKILL, moment
        assert Attachment.select().count() == rows, moment
        assert len(on_disk()) == left and files.missing() == [], moment
        for path in files.folder().iterdir():
            os.utime(path)
        assert files.sweep() == 0  # it may be on its way still
        age(LEFT_BEHIND + 5)
        assert files.sweep() == left - rows, moment
        assert on_disk() == [first.stored][:rows]


def test_the_sweep_touches_nothing_that_a_row_knows_or_that_is_not_ours(placement, cast):
    row = add(placement, cast)
    (files.folder() / "notes.txt").write_text("of whoever runs the board")
    age(LEFT_BEHIND + 5)
    assert files.sweep() == 0 and on_disk() == sorted([row.stored, "notes.txt"])
    row.delete_instance()
    assert files.sweep() == 1 and on_disk() == ["notes.txt"]


# -- backup


def test_a_backup_holds_the_files_and_a_restore_brings_them_back(placement, cast, settings, tmp_path):
    first = add(placement, cast)
    copy = tmp_path / "backups" / "one.sqlite3"
    backups.backup(settings.database, copy)
    assert backups.backup_files(copy) == (1, 0)
    beside = copy.parent / backups.FILES
    assert (beside / first.stored).read_bytes() == PDF
    assert (
        stat.S_IMODE((beside / first.stored).stat().st_mode) == 0o600 and stat.S_IMODE(beside.stat().st_mode) == 0o700
    )
    second = add(placement, cast, "second.pdf", PDF + b"2")
    os.utime(beside / first.stored, (0, 0))
    backups.backup(settings.database, copy.with_name("two.sqlite3"))
    assert backups.backup_files(copy.with_name("two.sqlite3")) == (2, 0)
    assert (beside / first.stored).stat().st_mtime > 1_000_000  # still needed: whoever tidies up leaves it
    for stored in (first.stored, second.stored):
        files.drop(stored)
    assert files.missing() == [first.id, second.id]
    (found,) = [one for one in doctor.examine(settings) if one.what == "files"]
    assert (found.mark, "2 that people handed in are not on the disk" in found.words) == ("warning", True)
    database.close()
    backups.restore(copy.with_name("two.sqlite3"), settings.database)
    assert backups.restore_files(copy.with_name("two.sqlite3")) == (2, 0)
    database.connect(reuse_if_open=True)
    assert files.missing() == [] and files.path_of(second.stored).read_bytes() == PDF + b"2"


def test_what_only_the_replaced_database_knew_of_can_still_be_gone_back_to(placement, cast, settings, tmp_path):
    copy = tmp_path / "old.sqlite3"
    backups.backup(settings.database, copy)
    row = add(placement, cast)
    age(LEFT_BEHIND + 5)
    database.close()
    backups.restore(copy, settings.database)
    assert backups.restore_files(copy) == (0, 0)
    database.connect(reuse_if_open=True)
    assert files.sweep() == 0 and on_disk() == [row.stored]


def test_a_copy_of_a_board_before_there_were_files_speaks_of_none(app, settings, tmp_path):
    copy = tmp_path / "old.sqlite3"
    backups.backup(settings.database, copy)
    with closing(sqlite3.connect(copy)) as made:
        made.execute("DROP TABLE attachment")
        made.commit()
    assert backups.stored_in(copy) == []


def test_a_file_that_left_while_the_backup_ran_is_counted(placement, cast, settings, tmp_path):
    row = add(placement, cast)
    copy = tmp_path / "one.sqlite3"
    backups.backup(settings.database, copy)
    files.drop(row.stored)
    assert backups.backup_files(copy) == (1, 1)


def test_a_note_in_the_history_of_files_says_nothing_of_them(placement, cast):
    """What is not handed in is not for the employer, not even its name."""
    add(placement, cast, "my secret idea.pdf")
    note(placement, "attach", cast.maya)
    assert all("secret" not in step.reason + step.detail for step in Step.of(placement))
