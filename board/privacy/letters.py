"""Letters in a folder, where that takes the place of a mail server: those to and about somebody who is erased go."""

import logging
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from board.privacy.scrub import Names

log = logging.getLogger(__name__)


def drop(outbox: Path, names: Names) -> int:
    """Letters to them and about them; how many."""
    gone = 0
    for path in outbox.glob("*.eml*") if outbox.is_dir() else ():
        try:
            message = message_from_bytes(path.read_bytes(), policy=policy.default)
            if names.nearby.search(words_of(message)):
                path.unlink(missing_ok=True)
                gone += 1
        except (OSError, ValueError, LookupError):
            log.warning("%s cannot be read, and stays", path.name)
    return gone


def words_of(message: EmailMessage) -> str:
    parts = [str(message[name]) for name in ("to", "subject", "from", "reply-to") if message[name]]
    for part in message.walk():
        if part.get_content_maintype() == "text":
            parts.append(part.get_content())
    return "\n".join(parts)
