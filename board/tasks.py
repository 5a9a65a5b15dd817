"""The queue on the same database that wakes the worker; what it does stands in the timetable (board/worker).

A task is taken off the queue before it runs, so nothing here may be lost with it: a task says only "look now",
and what is to be done stands in rows (untold Steps, the repair list, dates, how each job stands) that are looked at
again.
"""

import logging

from huey import crontab
from huey.contrib.sql_huey import SqlHuey
from peewee import PeeweeException

from board import moves
from board.db import LOCK_SECONDS, database
from board.mail import actions as mail
from board.mail import sending
from board.postings import ahead
from board.search import index
from board.worker import actions
from board.worker.timetable import BY_NAME, Job

log = logging.getLogger(__name__)

# its tables come with the migrations; on import it may not touch a database that is not open yet
queue = SqlHuey("board", database=database, create_tables=False, results=False)

LONG_QUEUE = 5  # the worker has enough to do: what it finds now it finds all at once
CALL_MILLISECONDS = 50  # how long a search waits to tell it that there is no index
POLL_SECONDS = 2.0  # how long the worker sleeps at most
CACHE = 1500  # KB of the database in memory, for each of the worker's threads: nobody waits for a page of theirs


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
    actions.run_now(BY_NAME["notices"])


@queue.periodic_task(crontab(minute="*"))
def look() -> None:
    """Every minute: whatever the timetable says is due. It knows the school's clock; the queue knows none."""
    connect()
    actions.look()


@queue.task()
def look_now() -> None:
    """Somebody has asked for a job."""
    connect()
    actions.look()


def ask_for(job: Job) -> None:
    """Have the worker run a job now; without a worker it is run when one comes."""
    with database.atomic():
        actions.ask_for(job)
        database.after_commit(wake_to_look)


def wake_to_look() -> None:
    try:
        look_now()
    except PeeweeException:
        log.warning("the worker could not be woken; it comes by itself within a minute", exc_info=True)


@queue.task()
def post() -> None:
    """Letters that are due go out, a round at a time: in another of the worker's threads, however slow the mail server is."""
    connect()
    if actions.run_now(BY_NAME["mail"]) and sending.has_more():
        post()


@queue.periodic_task(crontab(minute="*"))
def look_after_mail() -> None:
    connect()
    actions.look((BY_NAME["mail"],))
    if sending.has_more():
        post()


@queue.task()
def draw() -> None:
    """Pages are drawn ahead, some seconds at a time, so that the worker's other tasks have their turn between."""
    connect()
    if actions.run_now(BY_NAME["pages"]) and ahead.has_more():
        draw()


@queue.periodic_task(crontab(minute="*"))
def look_after_pages() -> None:
    connect()
    actions.look((BY_NAME["pages"],))
    if ahead.has_more():
        draw()


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
    actions.run_now(BY_NAME["index"])


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


def work() -> None:
    """Run the worker until SIGTERM or Ctrl-C; a task that runs is finished first."""
    connect()
    database.pragma("cache_size", -CACHE, permanent=True)
    actions.begin_life()
    queue.enqueue(look.s())  # whatever was left when the last worker stopped
    queue.enqueue(look_after_mail.s())
    queue.enqueue(look_after_pages.s())
    consumer = queue.create_consumer(
        workers=3, periodic=True, max_delay=POLL_SECONDS, check_worker_health=True, graceful_signal="TERM",
        shutdown_timeout=20,
    )  # fmt: skip
    consumer.run()
