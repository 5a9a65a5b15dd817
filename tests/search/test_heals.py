"""Whatever happens to the index's files, pages answer, search stays right, and a new index takes the old one's place."""

import errno
import json
import random
import shutil
import subprocess
import sys
import threading

import pytest

from board import doctor, tasks
from board.db import database
from board.postings.model import IndexRepair
from board.search import documents, index, manifest, opening
from board.search.criteria import Criteria
from board.search.query import find
from tests import factories

LENGTHS = (0, 1, 40, 0.5, -1)  # bytes kept, a share of them, or all but so many


def found(q: str = "poster") -> set[int]:
    return {posting.id for posting in find(Criteria(q=q), None).postings}


@pytest.fixture
def posters(app, cast):
    """Three that are open and one that is not, in two segments: one built, one written after it."""
    made = [factories.make_posting(employer=cast.cedar, title=f"Poster {n}") for n in range(2)]
    factories.make_posting("closed", employer=cast.cedar, title="Poster, closed")
    index.rebuild()
    made.append(factories.make_posting(employer=cast.cedar, title="Poster, late"))
    assert len(index.current().files) == 5
    return {posting.id for posting in made}


def restart() -> None:
    """What the next start of a process knows: nothing."""
    manifest._kept.clear()
    index.use(manifest.folder)


def current(words) -> None:
    """Write these to CURRENT."""
    (manifest.folder / "CURRENT").write_bytes(words if isinstance(words, bytes) else words.encode())


def older_schema() -> None:
    path = index.current().path
    old = path.with_name("index-1-abc")
    path.rename(old)
    current(json.dumps({"folder": old.name, "files": index_files}))


index_files: dict[str, str] = {}

HARMS = {
    "no folder at all": lambda: shutil.rmtree(manifest.folder),
    "emptied": lambda: (shutil.rmtree(manifest.folder), manifest.folder.mkdir()),
    "the index's own folder gone": lambda: shutil.rmtree(index.current().path),
    "its folder emptied": lambda: [path.unlink() for path in index.current().path.iterdir()],
    "of an older schema": older_schema,
    "CURRENT gone": lambda: (manifest.folder / "CURRENT").unlink(),
    "CURRENT empty": lambda: current(""),
    "CURRENT names nothing": lambda: current('{"folder": "index-99-00", "files": {"a.seg": "00"}}'),
    "CURRENT names another folder": lambda: current('{"folder": "../../etc", "files": {"passwd": "00"}}'),
    "CURRENT names a file outside": lambda: current(
        json.dumps({"folder": index.current().name, "files": {"../x.seg": ""}})
    ),
    "CURRENT of the wrong kind": lambda: current('["index-3-00", 7]'),
    "CURRENT deep": lambda: current("[" * 100_000),
    "CURRENT binary": lambda: current(b"\xff\x00\xfe\n" * 99),
    "CURRENT a folder": lambda: ((manifest.folder / "CURRENT").unlink(), (manifest.folder / "CURRENT").mkdir()),
}


def must_heal(posters: set[int], client, cast) -> None:
    """Right answers at once, in a page too; what opens meanwhile is found; and the worker's minute mends it."""
    assert found() == posters
    for address in ("/healthz", "/projects", "/projects?q=poster"):
        assert client(cast.maya).get(address).status_code == 200, address
    late = factories.make_posting(employer=cast.cedar, title="Poster, meanwhile").id
    assert found() == posters | {late}
    for _ in range(2):
        index.repair()
    assert index.is_whole()
    assert index.held() == posters | {late}
    assert IndexRepair.select().count() == 0
    assert found() == posters | {late}
    assert [path.name for path in manifest.folder.glob("index-*")] == [index.current().name]


@pytest.mark.parametrize("running", [True, False], ids=["running", "started anew"])
@pytest.mark.parametrize("harm", HARMS)
def test_an_index_that_is_lost_changes_no_answer(posters, client, cast, harm, running):
    index_files.update(index.current().files)
    HARMS[harm]()
    if not running and manifest.folder.exists():
        restart()
    must_heal(posters, client, cast)


@pytest.mark.parametrize("running", [True, False], ids=["running", "started anew"])
@pytest.mark.parametrize("which", range(5))
def test_a_file_that_is_cut_short_or_overwritten_changes_no_answer(posters, client, cast, which, running):
    dice = random.Random(which)
    whole = {name: (index.current().path / name).read_bytes() for name in index.current().files}
    used = index.current()
    name = sorted(whole)[which]
    lengths = [n if n >= 0 and isinstance(n, int) else int(len(whole[name]) * n) % len(whole[name]) for n in LENGTHS]
    harmed = [whole[name][:length] for length in lengths]
    harmed += [dice.randbytes(len(whole[name])), b"not an index" * 50]
    at = dice.randrange(len(whole[name]))
    harmed.append(whole[name][:at] + bytes([whole[name][at] ^ 1]) + whole[name][at + 1 :])  # one bit
    for data in harmed:
        if not running:
            restart()
        (used.path / name).write_bytes(data)  # in place: what has the file open sees it change
        assert found() == posters
        assert not index.is_whole()
        with pytest.raises(manifest.Damaged):
            manifest.verify(used)
        (used.path / name).write_bytes(whole[name])
        manifest.replace(*used)
    (used.path / name).write_bytes(harmed[3])
    must_heal(posters, client, cast)


def test_a_thread_that_has_the_index_open_stays_right(posters):
    seen, open_, go = [], threading.Event(), threading.Event()

    def ask():
        with database.connection_context():
            seen.append(found())
            open_.set()
            go.wait(20)
            seen.append(found())

    thread = threading.Thread(target=ask)
    thread.start()
    open_.wait(20)
    for path in index.current().path.glob("MAIN_*"):
        path.write_bytes(b"")
    go.set()
    thread.join(20)
    assert seen == [posters, posters]


def test_a_pickle_that_we_did_not_write_is_never_loaded(posters, tmp_path):
    proof = tmp_path / "loaded"
    evil = b"cos\nsystem\n(S'touch " + str(proof).encode() + b"'\ntR."
    restart()
    for name in index.current().files:
        path = index.current().path / name
        data = path.read_bytes()
        start = max(0, data.rfind(b"\x80"))
        path.write_bytes(data[:start] + evil)
    assert found() == posters
    assert not proof.exists()


def test_a_search_without_an_index_calls_the_worker_once(posters):
    tasks.queue.flush()
    shutil.rmtree(index.current().path)
    for _ in range(3):
        assert found() == posters
    assert [task.name for task in tasks.queue.pending()] == ["mend"]


def test_a_busy_database_does_not_hold_up_a_search_without_an_index(posters, settings):
    tasks.queue.flush()
    shutil.rmtree(index.current().path)
    code = f"import sqlite3; c = sqlite3.connect({str(settings.database)!r}); c.execute('BEGIN IMMEDIATE'); print('locked', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        assert found() == posters
        assert not tasks.queue.pending()
        other.stdin.write(b"\n")
    timeout = database.execute_sql("PRAGMA busy_timeout").fetchone()[0]
    assert timeout >= 10_000, "and writers wait again as long as ever"


def test_where_no_worker_comes_a_process_builds_the_index_itself(posters, monkeypatch):
    shutil.rmtree(index.current().path)
    monkeypatch.setattr(opening, "HELPS_ITSELF", 0)
    assert found() == posters
    for thread in threading.enumerate():
        if thread.name == "search index":
            thread.join(60)
    assert index.held() == posters


def test_doctor_says_what_is_wrong_with_the_index(posters, settings):
    def words() -> tuple[bool, str]:
        finding = doctor.index_against_database(settings)
        return finding.well, finding.words

    assert words() == (True, "3 open postings, the same as in the database")
    (index.current().path / sorted(index.current().files)[0]).write_bytes(b"")
    well, said = words()
    assert not well
    assert "none that can be read" in said
    index.repair()
    database.execute_sql("UPDATE posting SET state = 'paused' WHERE id = (SELECT max(id) FROM posting)")
    well, said = words()
    assert not well
    assert "1 postings missing or too many" in said
    with manifest.locked(manifest.BUILDING, 0):
        assert words() == (True, "a new one is being built just now")


def test_a_build_that_fails_leaves_the_old_index_and_nothing_behind(posters, monkeypatch):
    before = index.current()
    monkeypatch.setattr(documents, "texts", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        index.rebuild()
    assert index.current() == before
    assert [path.name for path in manifest.folder.glob("index-*")] == [before.name]
    assert not index.is_being_built()
    assert found() == posters


@pytest.mark.parametrize("error", [OSError(errno.EMFILE, "Too many open files"), MemoryError()])
def test_a_process_that_is_short_of_files_or_memory_takes_the_index_from_nobody(posters, monkeypatch, error):
    restart()
    used = index.current()

    def short(*args, **kwargs):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.open", short)
        assert found() == posters, "from the database"
    assert index.current() == used
    assert found() == posters and index.opened().manifest == used
