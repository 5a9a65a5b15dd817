"""A board whose mail goes to a real server on this machine."""

from dataclasses import replace

import pytest

from board.mail import sending
from board.mail.model import Mail
from tests.mail.server import mail_server


@pytest.fixture
def server(app, settings):
    with mail_server() as handler:
        sending.use(replace(settings, mail_url=handler.url))
        yield handler


@pytest.fixture
def send():
    """Rounds until nothing is due; `all_due=True` first lets every wait be over."""

    def rounds(all_due: bool = False) -> None:
        if all_due:
            Mail.update(next_at="2020-01-01 00:00:00").where(Mail.state.in_(("waiting", "sending"))).execute()
            sending._rest.update(failures=0, until=0.0)
        while sending.has_more():
            sending.send_round()

    return rounds
