"""Letters in words: the same as on the board, in the reader's language, and nothing can get out of its header."""

from email import message_from_bytes, policy

import pytest

from board.db import database
from board.mail import actions, sending
from board.mail.model import Mail, State


def letters(settings) -> list:
    """Send what is due; all that has arrived in the folder, oldest first."""
    while sending.send_due():
        pass
    files = sorted((settings.data / "outbox").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]


def body(message, kind="plain") -> str:
    return message.get_body((kind,)).get_content()


def test_a_letter_is_written_down_in_the_callers_transaction(app, cast):
    with pytest.raises(ZeroDivisionError), database.atomic():
        actions.queue("test", cast.dana, {"who": "Elena"})
        raise ZeroDivisionError
    assert Mail.select().count() == 0
    mail = actions.queue("test", cast.dana, {"who": "Elena"}, thread="posting-12")
    assert (mail.address, mail.state, mail.language, mail.values) == (
        cast.dana.email,
        "waiting",
        "en",
        {"who": "Elena"},
    )


def test_a_letter_arrives_whole_and_forgets_what_it_was_made_of(app, cast, settings):
    actions.queue("test", "somebody@example.org", {"who": "Elena Ruiz"})
    (letter,) = letters(settings)
    assert letter["To"] == "somebody@example.org"
    assert "Elena Ruiz asked for this letter" in body(letter) and "Elena Ruiz asked" in body(letter, "html")
    mail = Mail.get()
    assert (mail.state, mail.content, mail.error) == (State.SENT, "", "") and mail.sent_at
