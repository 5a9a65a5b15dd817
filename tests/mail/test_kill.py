"""A worker that is killed while it hands over a letter and started again: every letter arrives, and only one that the
server had and the worker could not know of arrives twice."""

import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest

from board.mail import actions
from board.mail.model import Mail
from board.notices import Notice
from tests import factories
from tests.mail.server import mail_server, mute_server
from tests.test_tasks import PATIENCE, ROOT, until

LETTERS = 40
# at which word of the third letter after a start the worker dies, and whether the server keeps that letter
MOMENTS = (("MAIL", False), ("RCPT", False), ("DATA", False), ("DATA", True))


def start_worker(settings):
    environ = os.environ | {
        "BOARD_DATA": str(settings.data), "BOARD_INDEX": str(settings.index), "BOARD_SECRET_KEY": settings.secret_key,
        "MAIL_URL": settings.mail_url,
    }  # fmt: skip
    return subprocess.Popen([sys.executable, "-m", "flask", "--app", "wsgi", "worker"], cwd=ROOT, env=environ)


@pytest.mark.skipif(os.name == "nt", reason="nothing there kills as SIGKILL does")
def test_a_worker_killed_at_any_word_loses_nothing_and_repeats_only_what_it_could_not_know_of(app, settings):
    with mail_server() as server:
        settings = replace(settings, mail_url=server.url)
        mails = [actions.queue("test", f"someone{n}@example.org", {"who": "Elena"}) for n in range(LETTERS)]
        for stage, kept in MOMENTS:
            worker, words = start_worker(settings), []

            def die(address, tried, worker=worker, words=words, kept=kept):
                words.append(address)
                if len(words) == 3:
                    worker.kill()
                    return "die having it" if kept else "die"
                return None

            server.say = {stage: die}
            worker.wait(PATIENCE)
            assert worker.returncode == -signal.SIGKILL and len(words) == 3
            assert Mail.select().where(Mail.state == "sending").count() == 1  # the one on its way, and no other
            Mail.update(next_at="2020-01-01 00:00:00").where(Mail.state == "sending").execute()  # the claim has ended
        server.say = {}
        worker = start_worker(settings)
        try:
            assert until(lambda: not Mail.select().where(Mail.state != "sent").exists())
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.wait(PATIENCE)
        arrived = Counter(server.ids())
    assert set(arrived) == {mail.message_id for mail in mails}
    assert sorted(arrived.values()) == [1] * (LETTERS - 1) + [2]
    assert worker.returncode == 0


def test_a_mail_server_that_hangs_keeps_nobody_from_being_told(app, cast, settings):
    """The worker has three threads, and only one of them ever waits for the mail server."""
    with mute_server() as url:
        actions.queue("test", cast.dana, {"who": "Elena"})
        worker = start_worker(replace(settings, mail_url=url))
        try:
            assert until(lambda: Mail.select().where(Mail.state == "sending").exists())
            factories.make_posting("submitted", cast.cedar)
            assert until(lambda: Notice.select().where(Notice.person == cast.ruiz).exists())
            assert Mail.select().where(Mail.state == "sending").exists(), "the mail server was still waited for"
        finally:
            worker.kill()
            worker.wait(PATIENCE)
