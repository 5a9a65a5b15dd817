"""Copies of the database and of people's files, made while the board runs, and put back only when they are sound.

The files lie in one folder beside the copies of the database, whatever their number: what a file of a name holds never
changes, so that each is copied once.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from board.config import Settings
from board.db import database, open_at
from board.migrations import runner
from board.placements import files
from board.words import N_, Said

FILES = "board-files"  # the folder beside the copies of the database
PAGES = 2000  # copied at a time, so that writers get their turn between


class NotSound(Said):
    """This file can't take the place of the database."""


def folder(settings: Settings) -> Path:
    return settings.data / "backups"


def newest(settings: Settings) -> Path | None:
    """The latest backup in the usual folder, or None."""
    files = sorted(folder(settings).glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)
    return files[-1] if files else None


def backup(source: Path, target: Path) -> int:
    """Copy the database as it is at one moment, readable by its owner alone. Returns the size in bytes.

    The copy is checked before it gets its name, so a file of that name is always a whole one. Raises NotSound, OSError.
    """
    if target.is_dir():
        raise NotSound(N_("%(path)s is a folder. Name a file."), path=target)
    if not source.exists():
        raise NotSound(N_("There is no database at %(path)s yet."), path=source)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(partial)) as new:
            old.backup(new, pages=PAGES)
            new.execute("PRAGMA journal_mode = delete")  # one file, not three
        check(partial)
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    return target.stat().st_size


def check(path: Path) -> None:
    """Raise NotSound unless the file is a whole database of this board, not newer than the program."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as made:
            if (found := made.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
                raise NotSound(N_("%(path)s is damaged: %(found)s"), path=path, found=found)
            if made.execute("PRAGMA foreign_key_check").fetchone():
                raise NotSound(N_("%(path)s is damaged: rows point at rows that are gone."), path=path)
            tables = {name for (name,) in made.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            history = runner().table_name
            if not {"person", "posting", "step", history} <= tables:
                raise NotSound(N_("%(path)s is not a board's database."), path=path)
            applied = {name for (name,) in made.execute(f'SELECT name FROM "{history}"')}
    except sqlite3.DatabaseError as error:
        raise NotSound(N_("%(path)s is not a database (%(error)s)."), path=path, error=error) from None
    unknown = applied - {step.name for step in runner().migrations()}
    if unknown:
        raise NotSound(
            N_("%(path)s comes from a newer version of the board (%(names)s)."),
            path=path, names=", ".join(sorted(unknown)),
        )  # fmt: skip


def stored_in(path: Path) -> list[str]:
    """Names of the files that a copy of the database speaks of; one of a board before there were any speaks of none."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as made:
        if not made.execute("SELECT 1 FROM sqlite_master WHERE name = 'attachment'").fetchone():
            return []
        return [name for (name,) in made.execute("SELECT stored FROM attachment WHERE stored IS NOT NULL")]


def backup_files(copy: Path) -> tuple[int, int]:
    """Copy what a copy of the database speaks of into the folder beside it; how many there are, how many are nowhere."""
    names = stored_in(copy)
    nowhere = files.copy_new(files.folder(), copy.parent / FILES, names) if names else []
    return len(names), len(nowhere)


def restore_files(copy: Path) -> tuple[int, int]:
    """Put back what a copy of the database speaks of and the board does not have; how many it speaks of, and how many are
    nowhere. What only the database before it knew of stays as long as what was just left behind: one may change one's mind."""
    names = stored_in(copy)
    for path in files.there():
        os.utime(path)
    nowhere = files.copy_new(copy.parent / FILES, files.folder(), names) if names else []
    return len(names), len(nowhere)


def restore(source: Path, target: Path) -> Path | None:
    """Put a backup in the database's place; returns where the old database was kept, if there was one. See restore_files.

    Raises NotSound when the file is not sound or the board is running.
    """
    if not source.is_file():
        raise NotSound(N_("There is no file %(path)s."), path=source)
    check(source)
    if not database.is_closed():
        database.close()
    must_rest(target)
    fresh = target.with_name(target.name + ".restoring")
    fresh.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old, closing(sqlite3.connect(fresh)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode = delete")
    kept = None
    if target.exists():
        kept = target.with_name(target.name + ".before-restore")
        os.replace(target, kept)
    for ending in ("-wal", "-shm"):
        Path(str(target) + ending).unlink(missing_ok=True)
    os.replace(fresh, target)
    open_at(target)
    return kept


def must_rest(target: Path) -> None:
    """Raise NotSound while a server or worker has the database open; fold its log into the file otherwise."""
    if not target.exists():
        return
    try:
        with closing(sqlite3.connect(target, timeout=1, isolation_level=None)) as held:
            # leaving WAL needs the file for oneself: whoever else has it open is noticed here
            held.execute("PRAGMA journal_mode = delete").fetchone()
    except sqlite3.OperationalError:
        raise NotSound(N_("The board is running. Stop the server and the worker, then restore.")) from None
    except sqlite3.DatabaseError:
        return  # the old file is damaged: all the more reason
