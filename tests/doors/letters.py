"""What lies in the board's outbox, as a reader of mail finds it."""

import re

from board.mail.model import Mail


def letters(to: str = "") -> list[Mail]:
    """Letters queued so far, oldest first, perhaps of one address alone."""
    query = Mail.select().order_by(Mail.id)
    return list(query.where(Mail.address == to) if to else query)


def link_in(mail: Mail) -> str:
    """The path that a letter leads to."""
    return re.sub(r"^https?://[^/]+", "", mail.values["link"])
