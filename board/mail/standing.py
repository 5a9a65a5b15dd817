"""How mail stands: what a coordinator sees under Settings and on their home, and what `doctor` says of it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from peewee import fn

from board.db import now
from board.mail.model import Mail, State

LATE = timedelta(minutes=10)  # after its time: then nobody sends
REFUSED_LONG = timedelta(hours=1)  # with the same trouble: then somebody should look
MOST_WORDS = 3  # different things the server said


@dataclass
class Standing:
    """Numbers of letters. `words`: what holds up those that wait, the newest first."""

    waiting: int = 0
    failed: int = 0
    sent: int = 0
    oldest: datetime | None = None  # of those that should have gone by now
    late: bool = False  # nobody has looked after them
    troubled: bool = False  # somebody has, for long, and could not
    words: list[str] = field(default_factory=list)


def look() -> Standing:
    """A fixed number of queries, however many letters there are."""
    under_way = Mail.state.in_((State.WAITING, State.SENDING))
    numbers = dict(Mail.select(Mail.state, fn.COUNT(Mail.id)).group_by(Mail.state).tuples())
    found = Standing(
        waiting=numbers.get(State.WAITING, 0) + numbers.get(State.SENDING, 0),
        failed=numbers.get(State.FAILED, 0), sent=numbers.get(State.SENT, 0),
    )  # fmt: skip
    if found.waiting:
        troubled = Mail.select(Mail.error, fn.MIN(Mail.made_at)).where(under_way, Mail.error != "").group_by(Mail.error)
        rows = list(troubled.order_by(fn.MAX(Mail.id).desc()).limit(MOST_WORDS).tuples())
        found.words = [words for words, _since in rows]
        found.troubled = any(now() - since > REFUSED_LONG for _words, since in rows)
        first = Mail.due().select(Mail.next_at, Mail.made_at).order_by(Mail.next_at).first()
        found.oldest = first and first.made_at
        found.late = bool(first and not found.words and now() - first.next_at > LATE)
    return found
