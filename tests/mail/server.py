"""A real mail server in a thread, which can be told to be slow, rude or dead."""

import contextlib
import socket
from collections import defaultdict
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Handler:
    """Keeps what arrives. `say` answers for a stage ("MAIL", "RCPT", "DATA") instead; a function is called with the address."""

    def __init__(self):
        self.letters, self.addresses, self.connections = [], [], 0
        self.signed_in = False
        self.say = {}
        self.tries = defaultdict(int)
        self.before_answer = None

    def answer(self, stage, address):
        self.tries[stage, address] += 1
        said = self.say.get(stage)
        return said(address, self.tries[stage, address]) if callable(said) else said

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        said = self.answer("MAIL", address)
        if said:
            return said
        envelope.mail_from, self.signed_in = address, session.authenticated
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        said = self.answer("RCPT", address)
        if said:
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        said = self.answer("DATA", address)
        if said == "die":  # the line breaks after the letter was sent and before the answer
            server.transport.abort()
            return "250 never heard"
        if said == "die having it":
            self.keep(envelope)
            server.transport.abort()
            return "250 never heard"
        if said:
            return said
        self.keep(envelope)
        return "250 OK taken"

    def keep(self, envelope):
        self.letters.append(message_from_bytes(envelope.original_content, policy=policy.default))
        self.addresses.append((envelope.mail_from, envelope.rcpt_tos))

    def ids(self) -> list[str]:
        return [letter["Message-ID"] for letter in self.letters]


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@contextlib.contextmanager
def mail_server(port: int = 0, **more):
    handler = Handler()
    controller = Controller(handler, hostname="127.0.0.1", port=port or free_port(), ready_timeout=20, **more)
    controller.start()
    handler.url = f"smtp://127.0.0.1:{controller.port}"
    try:
        yield handler
    finally:
        controller.stop()


@contextlib.contextmanager
def mute_server():
    """Takes a connection and never says a word."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen(8)
        yield f"smtp://127.0.0.1:{line.getsockname()[1]}"
