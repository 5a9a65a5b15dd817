"""A letter as it travels: headers and the two bodies. Nothing that a person typed can begin a header of its own."""

import re
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr

from board.mail import links
from board.mail.model import Mail, MailSettings
from board.words import one_line

LONGEST_SUBJECT = 200  # characters
WHOLE = ("message-id", "in-reply-to", "references", "list-unsubscribe")


class Policy(EmailPolicy):
    """EmailPolicy encodes what is too long for a line, also addresses and ids, which then mean nothing to anybody."""

    def fold(self, name, value):
        return f"{name}: {value}{self.linesep}" if name.lower() in WHOLE else super().fold(name, value)

    def fold_binary(self, name, value):
        return self.fold(name, value).encode() if name.lower() in WHOLE else super().fold_binary(name, value)


ascii_only, with_utf8 = Policy(linesep="\r\n"), Policy(linesep="\r\n", utf8=True)


def sender_of(settings: MailSettings) -> str:
    """The address letters come from; where the school has set none, one made from the board's own."""
    return settings.sender or own_address()


def own_address() -> str:
    return f"board@{links.host()}"


def header_words(words: str, most: int) -> str:
    """What people typed, for a header: one line, and no encoded word of theirs. The email package would decode one
    (RFC 2047) and write out the line breaks that were hidden in it."""
    return one_line(words).replace("=?", "= ?").replace("?=", "? =")[:most]


def routable(address: str) -> str:
    """An address as servers read it, or ValueError. What looks like an encoded word hides line breaks; see above."""
    local, _, domain = address.rpartition("@")
    if "=?" in address or address != "".join(one_line(address).split()):
        raise ValueError(f"no letter can be sent to {address}")
    return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"


def build(mail: Mail, drawn, settings: MailSettings) -> EmailMessage:
    """The message. The same letter has the same Message-ID however often it is built."""
    address = routable(mail.address)
    message = EmailMessage(policy=ascii_only if address.isascii() else with_utf8)
    message["From"] = formataddr((header_words(drawn.school, 100), routable(sender_of(settings))))
    message["To"] = address
    if settings.reply_to:
        message["Reply-To"] = routable(settings.reply_to)
    message["Subject"] = header_words(drawn.subject, LONGEST_SUBJECT) or header_words(drawn.school, 100)
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = mail.message_id
    if drawn.thread:
        root = f"<{re.sub(r'[^A-Za-z0-9.-]', '-', drawn.thread)}.thread@{links.host()}>"
        message["In-Reply-To"] = root
        message["References"] = root
    if drawn.off:  # RFC 8058: mail programs draw a button that posts to this address
        message["List-Unsubscribe"] = f"<{drawn.off}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's vacation answers this
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(drawn.text, cte="quoted-printable")
    message.add_alternative(drawn.html, subtype="html", cte="quoted-printable")
    message.as_bytes()  # one that cannot be written fails here and alone, not on the line to the server
    return message
