"""Jobs in threads that start together, each with a connection of its own."""

from threading import Barrier, Thread

from peewee import IntegrityError

from board.db import database
from board.moves import NotAllowed, Refused, TooLate
from board.placements.hours_rules import Wrong

REFUSALS = (Refused, TooLate, NotAllowed, IntegrityError, Wrong)


def at_once(*jobs) -> list:
    """What each gave ("done" for nothing), or the refusal it met; anything else that is raised fails the test."""
    gate, results = Barrier(len(jobs)), [None] * len(jobs)

    def run(place, job):
        database.connect(reuse_if_open=True)
        try:
            gate.wait(10)
            results[place] = job() or "done"
        except REFUSALS as error:
            results[place] = error
        finally:
            database.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert None not in results
    return results


def kinds(results: list) -> list[str]:
    return sorted(type(result).__name__ for result in results)
