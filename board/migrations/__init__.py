"""Bring a database up to date. Migrations are numbered, written by hand, and run once, in order.

Only `migrate` runs them, and never inside a transaction of ours: several changes rebuild a table, and
with foreign keys on inside a transaction that deletes every child row.
"""

import os
from pathlib import Path

from playhouse.migrations import Runner

from board.db import database


def runner() -> Runner:
    return Runner(database, str(Path(__file__).parent))


def migrate() -> list[str]:
    """Apply what is pending; returns the names applied. Needs an open connection.

    The file is its owner's alone: SQLite gives the log beside it the same rights.
    """
    if Path(database.database).is_file():
        os.chmod(database.database, 0o600)
    return runner().up()


def pending() -> list[str]:
    return [step.name for step in runner().status() if step.path and not step.applied]
