"""script/server, started for real: it answers, says how to get in, and leaves nothing behind."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 90  # seconds, for a machine with much to do

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are sent as POSIX has them")


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


class Server:
    """A running script/server; `said` is everything it has printed."""

    def __init__(self, folder: Path, *arguments: str, **environ: str):
        self.port = free_port()
        known = {
            key: value for key, value in os.environ.items() if not key.startswith(("BOARD_", "MAIL_", "DATABASE_"))
        }
        known |= {
            "BOARD_DATA": str(folder / "data"),
            "BOARD_INDEX": str(folder / "index"),
            "BOARD_WORKERS": "1",
        } | environ
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "script" / "server"), "--port", str(self.port), *arguments], cwd=folder, env=known,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", start_new_session=True,
        )  # fmt: skip
        self.lines: list[str] = []
        self.ready = threading.Event()
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self) -> None:
        for line in self.process.stdout:
            self.lines.append(line)
            if "Ctrl-C stops it" in line:
                self.ready.set()
        self.ready.set()

    @property
    def said(self) -> str:
        return "".join(self.lines)

    def get(self, address: str) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        line.request("GET", address)
        answer = line.getresponse()
        return answer.status, answer.read().decode()

    def family(self) -> set[int]:
        """The processes it has started, and theirs, by their ids."""
        parents: dict[int, int] = {}
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = entry.read_text().rsplit(")", 1)[1].split()
            except (OSError, IndexError):
                continue
            parents[int(entry.parent.name)] = int(fields[1])
        found = {self.process.pid}
        while more := {child for child, parent in parents.items() if parent in found} - found:
            found |= more
        return found - {self.process.pid}

    def stop(self, number: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        status = self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        return status


@pytest.fixture
def serve(tmp_path):
    started = []

    def start(*arguments: str, **environ: str) -> Server:
        made = Server(tmp_path, *arguments, **environ)
        started.append(made)
        assert made.ready.wait(PATIENCE), made.said
        return made

    yield start
    for made in started:
        made.stop()


def alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_an_empty_board_answers_and_says_where_it_is_set_up_and_leaves_nothing_behind(serve):
    server = serve()
    assert server.get("/healthz") == (200, "ok")
    assert server.get("/")[0] == 200
    link = next(word for word in server.said.split() if "/set-up/" in word)
    assert server.get(link.split(str(server.port), 1)[1])[0] == 200
    family = server.family()
    assert len(family) >= 3  # granian, its worker process, the background worker
    assert server.stop(signal.SIGTERM) == 0
    assert not any(map(alive, family))


def test_the_demo_is_open_to_visitors_and_kept_apart(serve, tmp_path):
    server = serve("--demo")
    assert "river otter notebook" in server.said and "coordinator@lincoln.example" in server.said
    status, page = server.get("/projects")
    assert status == 200 and "<h1" in page
    assert server.get("/sign-in")[0] == 200
    assert (tmp_path / "data" / "demo" / "board.sqlite3").exists() and not (
        tmp_path / "data" / "board.sqlite3"
    ).exists()
    family = server.family()
    assert server.stop(signal.SIGINT) == 0
    assert not any(map(alive, family))


def test_when_a_part_dies_the_whole_says_so_and_ends(serve):
    server = serve()
    worker = next(number for number in server.family() if b"flask" in Path(f"/proc/{number}/cmdline").read_bytes())
    family = server.family()
    os.kill(worker, signal.SIGKILL)
    assert server.process.wait(PATIENCE) == 1
    server.reader.join(PATIENCE)
    assert "The worker has ended by itself" in server.said
    assert not any(map(alive, family))


def test_a_port_that_is_taken_is_said_at_once(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = subprocess.run(
            [sys.executable, str(ROOT / "script" / "server"), "--port", str(port)], capture_output=True, text=True,
            timeout=PATIENCE, env=os.environ | {"BOARD_DATA": str(tmp_path / "data"), "BOARD_INDEX": str(tmp_path / "i")},
        )  # fmt: skip
    assert result.returncode == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in result.stderr and "Traceback" not in result.stderr
    assert not (tmp_path / "data").exists()


def test_a_setting_that_cannot_be_used_is_said_in_one_line(tmp_path):
    environ = os.environ | {
        "BOARD_DATA": str(tmp_path / "data"),
        "BOARD_INDEX": str(tmp_path / "i"),
        "BOARD_WORKERS": "lots",
    }
    result = subprocess.run(
        [sys.executable, str(ROOT / "script" / "server"), "--port", str(free_port())], capture_output=True, text=True,
        timeout=PATIENCE, env=environ,
    )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr.strip() == "BOARD_WORKERS: should be a whole number from 1 to 64"
