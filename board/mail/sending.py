"""The worker's round: letters that are due are claimed one by one, handed over, and marked.

A letter is claimed before a word of it is sent and marked as sent right after the server has it; no transaction is
open while anybody talks to the server. Whoever dies in between leaves a claim that ends by itself, and the letter is
sent again with the same Message-ID: at most the one that was on its way reaches somebody twice, and none is lost.
"""

import logging
import random
import time
from collections.abc import Callable

from peewee import PeeweeException

from board.config import Settings
from board.db import database, now
from board.mail import envelope, links, rules
from board.mail.model import Mail, MailSettings, State
from board.mail.post_office import MOST_WORDS, TIMEOUT, Bounced, Later, Office, Outbox, Smtp, Unreachable
from board.school.model import School

log = logging.getLogger(__name__)

ROUND = 100  # letters of one round, over one line
ROUND_SECONDS = 6.0  # less than a worker is given to stop
BROKEN_LINES = 2  # lines that break one after the other end a round
MARK_TRIES = 5

_settings: Settings | None = None
_draw: Callable | None = None
# the mail server could not be reached so often in a row, and is left alone until then; this process's own memory
_rest = {"failures": 0, "until": 0.0}


def use(settings: Settings) -> None:
    """Point this process at the mail server, or at the folder where there is none."""
    global _settings
    _settings = settings
    links.use(settings.base_url, settings.secret_key)
    _rest.update(failures=0, until=0.0)


def office(timeout: float = TIMEOUT) -> Office:
    if _settings.mail_url:
        return Smtp(_settings.mail_url, links.host(), timeout)
    return Outbox(_settings.data / "outbox")


def forget_files() -> None:
    """Where a folder takes the place of a mail server, its letters are kept no longer than those in the database."""
    place = office()
    if isinstance(place, Outbox):
        place.forget(time.time() - rules.SENT_KEPT.total_seconds())


def draw_with(function: Callable) -> None:
    """How letters become words; told by what knows templates."""
    global _draw
    _draw = function


def has_more() -> bool:
    """Whether letters are due and can be sent at once."""
    return time.monotonic() >= _rest["until"] and Mail.due().exists()


def send_round() -> dict[str, int]:
    """A few letters, over one line. Returns how many were sent, and how many failed for good."""
    done = {"sent": 0, "failed": 0}
    if not has_more():
        return done
    until, number, broken, last = time.monotonic() + ROUND_SECONDS, 0, 0, ""
    line: Office | None = None
    try:
        settings, line = MailSettings.here(), office()
        while number < ROUND and time.monotonic() < until:
            mail = claim(last)
            if mail is None:
                break
            last, number = mail.letter, number + 1
            message = prepare(mail, settings)
            if message is None:
                continue
            try:
                line.send(message, envelope.sender_of(settings), envelope.routable(mail.address))
            except Bounced as error:
                settle(mail, State.FAILED, error=str(error))
                done["failed"] += 1
            except Later as error:
                later(mail, str(error))
                broken = broken + 1 if getattr(line, "line", True) is None else broken
                if broken == BROKEN_LINES:
                    rest()
                    break
                continue
            except Unreachable as error:
                give_back(mail, str(error))
                rest()
                break
            except Exception as error:
                later(mail, f"{type(error).__name__}: {error}"[:MOST_WORDS])
                raise
            else:
                settle(mail, State.SENT, sent_at=now(), content="", error="")
                _rest["failures"] = 0
                done["sent"] += 1
            broken = 0
        return done
    except Exception:  # nobody foresaw it: the worker tells, and does not begin again at once
        rest()
        raise
    finally:
        if line:
            line.close()


def claim(last: str = "") -> Mail | None:
    """The next letter, ours for the length of a lease. Templates take turns, so that a link somebody waits for does
    not stand behind ten thousand invitations."""
    with database.atomic():
        names = sorted(name for (name,) in Mail.due().select(Mail.letter).distinct().tuples())
        if not names:
            return None
        name = next((name for name in names if name > last), names[0])
        mail = Mail.due().where(Mail.letter == name).order_by(Mail.next_at, Mail.id).first()
        mail.tries, mail.state, mail.next_at = mail.tries + 1, State.SENDING, now() + rules.LEASE
        mail.save()
    return mail


def prepare(mail: Mail, settings: MailSettings):
    """The message of a claimed letter; None when it is not to go now, and why is written down."""
    try:
        if mail.person and (mail.person.ended_at or (mail.kind and not mail.person.email)):
            settle(mail, State.DROPPED, content="", error="")
            return None
        if mail.kind and mail.address != mail.person.email:  # news goes where its reader is by now
            mail.address = mail.person.email
            mail.save(only=[Mail.address])
        at, school = now(), School.here()
        if mail.kind and school:
            quiet = settings.quiet_from, settings.quiet_to
            wait = rules.not_before(mail.person.role, at, quiet, school.zone)
            if wait > at:
                settle(mail, State.WAITING, error="", next_at=wait, tries=mail.tries - 1)
                return None
        drawn = _draw(mail)
        if drawn is None:
            settle(mail, State.DROPPED, content="", error="")
            return None
        return envelope.build(mail, drawn, settings)
    except PeeweeException:
        raise
    except Exception as error:  # one letter that cannot be drawn does not keep back the others
        log.exception("letter %s (%s) cannot be drawn", mail.id, mail.letter)
        settle(mail, State.FAILED, error=f"{type(error).__name__}: {error}"[:500])
        return None


# -- what became of a letter


def settle(mail: Mail, state: State, **values) -> None:
    """Write it down, unless the claim has passed to somebody else meanwhile. What is sent must not be forgotten for
    a database that is busy just then."""
    query = Mail.update(state=str(state), **values).where(
        Mail.id == mail.id, Mail.state == State.SENDING, Mail.tries == mail.tries
    )
    for tried in range(MARK_TRIES):
        try:
            query.execute()
            return
        except PeeweeException:
            if tried == MARK_TRIES - 1:
                raise
            log.warning("letter %s could not be marked as %s; again", mail.id, state, exc_info=True)


def later(mail: Mail, words: str) -> None:
    """Again, after a while that grows; in the end it has failed, and somebody is told. Not at the first try: it may have
    waited all the days for a server that was away."""
    if mail.tries > 1 and now() - mail.made_at > rules.GIVE_UP_AFTER:
        settle(mail, State.FAILED, error=words)
    else:
        settle(mail, State.WAITING, error=words, next_at=now() + rules.retry_after(mail.tries, random.random()))


def give_back(mail: Mail, words: str) -> None:
    """It was not this letter's fault: everything that is due waits, with the reason beside it."""
    settle(mail, State.WAITING, error=words, next_at=now(), tries=mail.tries - 1)
    Mail.update(error=words).where(Mail.state == State.WAITING, Mail.next_at <= now(), Mail.error != words).execute()


def rest() -> None:
    """Leave the mail server alone for a while."""
    _rest["failures"] += 1
    _rest["until"] = time.monotonic() + rules.rest_after(_rest["failures"], random.random())
