"""What happens beside the pages: a queue on the same database, and its timetable.

A task is taken off the queue before it runs, so nothing here may be lost with it: a task says only "look now",
and what is to be done stands in rows (untold Steps, the repair list, dates) that are looked at again.
"""

import logging
import threading

from huey import crontab
from huey.contrib.sql_huey import SqlHuey
from peewee import PeeweeException

from board import moves, notices
from board.applications import actions as applications
from board.db import LOCK_SECONDS, database, weigh
from board.mail import actions as mail
from board.mail import sending
from board.postings import joining, watch
from board.school.model import School, today
from board.search import index

log = logging.getLogger(__name__)

# its tables come with the migrations; on import it may not touch a database that is not open yet
queue = SqlHuey("board", database=database, create_tables=False, results=False)

LONG_QUEUE = 5  # the worker has enough to do: what it finds now it finds all at once
CALL_MILLISECONDS = 50  # how long a search waits to tell it that there is no index
POLL_SECONDS = 2.0  # how long the worker sleeps at most


def wake() -> None:
    """Tell the worker, after a Step was written, that somebody is to be told. Never in the way of a move."""
    try:
        if queue.pending_count() < LONG_QUEUE:
            tell()
    except PeeweeException:
        log.warning("the worker could not be woken; it comes by itself within a minute", exc_info=True)


if wake not in moves.woken:
    moves.woken.append(wake)


def connect() -> None:
    """The worker's threads are no requests: each opens its own connection, and keeps it."""
    database.connect(reuse_if_open=True)


@queue.task()
def tell() -> None:
    """Steps become notices and mail."""
    connect()
    notices.deliver()


@queue.periodic_task(crontab(minute="*"))
def tell_and_mend() -> None:
    """Every minute: whatever was missed, postings whose place in the index is out of date, and what saved
    searches find among the newly opened."""
    connect()
    try:
        notices.deliver()
    finally:
        index.repair()
    if School.here():
        watch.watch()


# one of the worker's two threads at most talks to the mail server: however slow that is, the other tells and mends
posting = threading.Lock()


@queue.task()
def post() -> None:
    """Letters that are due go out, a round at a time."""
    connect()
    if not posting.acquire(blocking=False):
        return
    try:
        more = sending.send_due()
    finally:
        posting.release()
    if more:
        post()


@queue.periodic_task(crontab(minute="*"))
def gather_and_post() -> None:
    """Every minute: digests whose morning has come, and letters whose time has."""
    connect()
    mail.gather()
    post()


def call_postman() -> None:
    """Tell the worker, after a letter was written down. Never in the way of whoever wrote it."""
    try:
        if queue.pending_count() < LONG_QUEUE:
            post()
    except PeeweeException:
        log.warning("the worker could not be woken; it comes by itself within a minute", exc_info=True)


if call_postman not in mail.woken:
    mail.woken.append(call_postman)


@queue.task()
def mend() -> None:
    """A search found no index."""
    connect()
    index.repair()


def call_for_index() -> None:
    """Tell the worker, out of a search. Nobody waits for it: where the database is busy, the next minute will do."""
    connection = database.connection()
    connection.execute(f"PRAGMA busy_timeout = {CALL_MILLISECONDS}")
    try:
        if queue.pending_count() < LONG_QUEUE:
            mend()
    except PeeweeException:
        log.warning("the worker could not be called; it comes by itself within a minute", exc_info=True)
    finally:
        connection.execute(f"PRAGMA busy_timeout = {LOCK_SECONDS * 1000}")


if call_for_index not in index.without:
    index.without.append(call_for_index)


@queue.periodic_task(crontab(minute="1"))
def keep_dates() -> None:
    """Hourly, and so also just after midnight at school, whichever zone it is in: offers lapse, the
    overdue are answered, old letters are forgotten, and who never confirmed an address. The database is weighed."""
    connect()
    if School.here():
        applications.daily(today())
        joining.forget_newcomers()
    mail.forget()
    sending.forget_files()
    weigh()


def work() -> None:
    """Run the worker until SIGTERM or Ctrl-C; a task that runs is finished first."""
    connect()
    queue.enqueue(tell_and_mend.s())  # whatever was left when the last worker stopped
    queue.enqueue(gather_and_post.s())
    consumer = queue.create_consumer(
        workers=2, periodic=True, max_delay=POLL_SECONDS, check_worker_health=True, graceful_signal="TERM",
        shutdown_timeout=20,
    )  # fmt: skip
    consumer.run()
