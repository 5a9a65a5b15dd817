"""Where letters are handed over: a mail server, or without one a folder of .eml files.

Three things can go wrong, and each means something else for what is still to be sent: this letter must wait (Later),
its address or its content is refused for good (Bounced), or nothing can be sent at all just now (Unreachable).
"""

import contextlib
import os
import re
import smtplib
import socket
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from board.config import is_loopback
from board.words import N_

TIMEOUT = 20.0  # seconds for each answer of the server
MOST_WORDS = 500  # characters kept of what a server says


class Later(Exception):
    """The server asks to come again with this letter, or the line broke while it was being handed over."""


class Bounced(Exception):
    """This letter will not be taken, however often it is tried."""


class Unreachable(Exception):
    """No letter can be sent now; nothing is known of any one of them."""


class Office(Protocol):
    def send(self, message: EmailMessage, sender: str, address: str) -> str: ...

    def close(self) -> None: ...


def words_of(error: Exception) -> str:
    """What went wrong, in the server's own words where it said any."""
    if isinstance(error, smtplib.SMTPResponseException):
        return said(error.smtp_code, error.smtp_error)
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        words = N_("The mail server did not answer in time.")
    elif isinstance(error, smtplib.SMTPServerDisconnected):
        words = N_("The mail server closed the line.")
    elif isinstance(error, socket.gaierror):
        words = N_("There is no mail server of this name.")
    elif isinstance(error, ConnectionRefusedError):
        words = N_("Nobody answers there: the connection was refused.")
    else:
        words = f"{type(error).__name__}: {error}"
    return words[:MOST_WORDS]


def said(code: int, answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
    return " ".join(f"{code} {text}".split())[:MOST_WORDS]


class Smtp:
    """One line to a mail server, opened by the first letter and kept for those that follow."""

    def __init__(self, url: str, own_name: str, timeout: float = TIMEOUT):
        parts = urlsplit(url)
        self.safe = parts.scheme == "smtps"
        self.host = parts.hostname or ""
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")
        self.port = parts.port or (465 if self.safe else 587 if self.user else 25)
        self.own_name, self.timeout = own_name, timeout
        self.line: smtplib.SMTP | None = None

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"

    def context(self) -> ssl.SSLContext:
        """Who is handed a password must prove who they are; to others a line that is merely closed is better than none."""
        context = ssl.create_default_context()
        if is_loopback(self.host) or not (self.safe or self.user):
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context

    def open(self) -> smtplib.SMTP:
        if self.line is None:
            try:
                self.line = self.greet()
            except (smtplib.SMTPException, OSError) as error:
                raise Unreachable(words_of(error)) from error
        return self.line

    def greet(self) -> smtplib.SMTP:
        kind = {"local_hostname": self.own_name, "timeout": self.timeout}
        if self.safe:
            line: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, context=self.context(), **kind)
        else:
            line = smtplib.SMTP(self.host, self.port, **kind)
        try:
            line.ehlo_or_helo_if_needed()
            if not self.safe and line.has_extn("starttls"):
                line.starttls(context=self.context())
                line.ehlo()
            if self.user:
                if not isinstance(line.sock, ssl.SSLSocket) and not is_loopback(self.host):
                    raise smtplib.SMTPException(
                        "the server offers no encryption, so the password was not sent (use smtps:// or another port)"
                    )
                self.sign_in(line)
        except BaseException:
            line.close()
            raise
        return line

    def sign_in(self, line: smtplib.SMTP) -> None:
        """One way of signing in, once: smtplib would try every other with the same wrong password, and lose the words
        in which the first was refused."""
        ways = {"PLAIN": line.auth_plain, "LOGIN": line.auth_login, "CRAM-MD5": line.auth_cram_md5}
        offered = line.esmtp_features.get("auth", "").upper().split()
        way = next((name for name in ways if name in offered), None)
        if way is None:
            raise smtplib.SMTPNotSupportedError("the server offers no way to sign in that the board knows")
        line.user, line.password = self.user, self.password
        line.auth(way, ways[way])

    def send(self, message: EmailMessage, sender: str, address: str) -> str:
        """Hand over one letter; returns the server's words once it has taken it."""
        line = self.open()
        wide = not address.isascii()
        if wide and not line.has_extn("smtputf8"):
            raise Bounced(N_("The mail server does not accept addresses with these letters."))
        body = message.as_bytes()
        try:
            code, answer = line.mail(sender, ["SMTPUTF8"] if wide else [])
            if code != 250:  # the sender, not this letter, is what it does not like
                raise smtplib.SMTPResponseException(code, answer)
            code, answer = line.rcpt(address)
            if code not in (250, 251):
                return self.refused(code, answer)
            try:
                code, answer = line.data(body)
            except smtplib.SMTPDataError as error:
                code, answer = error.smtp_code, error.smtp_error
            return said(code, answer) if code == 250 else self.refused(code, answer)
        except smtplib.SMTPResponseException as error:
            self.close()
            raise Unreachable(words_of(error)) from error
        except (smtplib.SMTPException, OSError) as error:  # perhaps it has the letter, perhaps not
            self.hang_up()
            raise Later(words_of(error)) from error

    def refused(self, code: int, answer) -> str:
        words = said(code, answer)
        if code == 421:
            self.hang_up()
            raise Later(words)
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self.open().rset()
        raise (Bounced if code >= 500 else Later)(words)

    def hang_up(self) -> None:
        if self.line:
            self.line.close()
            self.line = None

    def close(self) -> None:
        if self.line:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self.line.quit()
        self.hang_up()


class Outbox:
    """A folder in the place of a mail server: a file a letter, called by its Message-ID, whole or not there at all."""

    def __init__(self, folder: Path):
        self.folder = folder

    def send(self, message: EmailMessage, sender: str, address: str) -> str:
        name = re.sub(r"[^A-Za-z0-9@.-]", "", str(message["Message-ID"])) + ".eml"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            half = self.folder / f".{name}.{os.getpid()}"
            with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(message.as_bytes())
            os.replace(half, self.folder / name)
        except OSError as error:
            raise Unreachable(f"{self.folder}: {error.strerror or error}") from error
        return name

    def close(self) -> None:
        pass

    def forget(self, before: float) -> int:
        """Remove files older than a moment (seconds since 1970), halves that a killed process left among them; returns
        how many."""
        old = [path for path in self.folder.glob("*.eml*") if path.stat().st_mtime < before]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)
