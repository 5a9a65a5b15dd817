"""A process that approves, closes and reindexes, as `python -m tests.search.mover DATA INDEX WHAT NUMBER…`."""

import sys
from pathlib import Path

from board import create_app
from board.config import Settings
from board.db import database
from board.people.model import Person
from board.postings import actions
from board.postings.model import Posting, State
from board.search import index
from tests.conftest import SECRET


def main(data: str, folder: str, what: str, *numbers: str) -> None:
    create_app(Settings(data=Path(data), index=Path(folder), secret_key=SECRET))
    database.connect()
    okafor = Person.get(Person.name == "Sam Okafor")
    say("ready")
    sys.stdin.readline()
    if what == "approve":
        for number in numbers:
            actions.approve(Posting.get_by_id(int(number)), okafor)
        return
    while True:  # until it is killed
        for number in numbers:
            move(Posting.get_by_id(int(number)), okafor)
            say(number)
        index.rebuild()


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def move(posting: Posting, teacher: Person) -> None:
    if posting.state == State.SUBMITTED:
        actions.approve(posting, teacher)
    elif posting.held_at:
        actions.put_back(posting, teacher, "Back.")
    else:
        actions.pull(posting, teacher, "Off for a moment.")


if __name__ == "__main__":
    main(*sys.argv[1:])
