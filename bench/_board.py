"""A board to measure with: the real postings of ../shared/data (or SHARED_DATA), all open, and people who ask."""

import csv
import gc
import gzip
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SHARED_DATA") or ROOT.parent / "shared" / "data").resolve()
DATA = SHARED / "postings.csv.gz"
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]
csv.field_size_limit(10**9)


def is_there(name: str, *needed: Path) -> bool:
    """Say in words what is missing, for a measurement that cannot be made without it."""
    gone = [str(path) for path in (DATA, *needed) if not path.exists()]
    if gone:
        print(f"{name}: skipped, for there is no {' and no '.join(gone)} to measure with.")
    return not gone


def environment(folder: Path, port: int = 8765) -> None:
    """What the board and all its processes find out about where they are."""
    os.environ |= {
        "BOARD_DATA": f"{folder}/data", "BOARD_INDEX": f"{folder}/index", "BOARD_BASE_URL": f"http://127.0.0.1:{port}",
    }  # fmt: skip


def opened(folder: Path, port: int = 8765):
    """The application on the board in this folder, its database connected and up to date."""
    environment(folder, port)
    from board import create_app, migrations
    from board.db import database

    app = create_app()
    gc.freeze()  # as wsgi.py does
    database.connect(reuse_if_open=True)
    migrations.migrate()
    return app


def founded(folder: Path, postings: Path = DATA, port: int = 8765):
    """A new board with these postings, open. Its index is the caller's to build."""
    from board.db import weigh
    from board.postings import imports
    from board.postings.model import State
    from board.school.actions import found

    app = opened(folder, port)
    found("Lincoln High School", "OR", "America/Los_Angeles", 14)
    imports.bring_in(postings, State.OPEN, verified=True)
    weigh()  # as the command does
    return app


def somebody(role: str):
    """A person of this role; the same one whenever it is asked for."""
    from board.people.model import Person

    return Person.get_or_create(email=f"{role}@example.org", defaults={"role": role, "name": f"A {role}"})[0]


def sign_in(app, role: str):
    """The same, in a browser of their own: (person, client)."""
    from board.people import sessions

    person, client = somebody(role), app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = sessions.begin(person, "bench"), True
    return person, client


def some_postings(path: Path, count: int) -> None:
    """A file of so many postings: the real ones, and where they do not reach, again with a word of another title."""
    with gzip.open(DATA, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(repeated(rows, count))


def repeated(rows: list[dict], count: int) -> Iterator[dict]:
    dice = random.Random(19)
    some = rows if count >= len(rows) else dice.sample(rows, count)
    for number in range(count):
        row, again = some[number % len(some)], number // len(some)
        if again:
            others = dice.choice(rows)["title"].split()
            words = row["title"].split()
            words[dice.randrange(len(words)) :][:1] = []
            words.insert(dice.randrange(len(words) + 1), dice.choice(others))
            row = row | {"reference": f"{row['reference']}-{again}", "title": " ".join(words)}
        yield row
