"""What lies in the board's outbox, as a reader of mail finds it."""

import re
from email import message_from_bytes, policy

from board.mail import sending
from board.mail.model import Mail


def letters(to: str = "") -> list[Mail]:
    """Letters queued so far, oldest first, perhaps of one address alone."""
    query = Mail.select().order_by(Mail.id)
    return list(query.where(Mail.address == to) if to else query)


def link_in(mail: Mail) -> str:
    """The path that a letter leads to."""
    return re.sub(r"^https?://[^/]+", "", mail.values["link"])


def posted(settings) -> list:
    """What the worker has put into the folder for mail, whatever its order."""
    while sending.has_more():
        sending.send_round()
    files = (settings.data / "outbox").glob("*.eml")
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]


def body(message, kind: str = "plain") -> str:
    return message.get_body((kind,)).get_content()
