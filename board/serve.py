"""`python -m board.serve`: web and worker together, from nothing to an address in the browser.

`script/server` makes the environment and then becomes this. It migrates, fills the demo, builds the index, starts
both processes, and ends both when it is told to or when one of them dies.
"""

import argparse
import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import click
from dotenv import load_dotenv

from board import config

STARTS_WITHIN = 60  # seconds
STOPS_WITHIN = 10

stopping = threading.Event()


class Trouble(SystemExit):
    """Ends the program with one line in words, and status 1."""


def main(arguments: list[str] | None = None) -> None:
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, frame: stopping.set())
    asked = read(arguments)
    must_be_free(asked.host, asked.port)
    load_dotenv(config.ROOT / ".env")
    prepare_environment(asked)
    settings = config.from_environment()
    workers = config.whole_number(os.environ, "BOARD_WORKERS", os.cpu_count() or 1, 1, 64)
    way_in = prepare_board(settings, asked.demo)
    children: dict[str, subprocess.Popen] = {}
    try:
        if not stopping.is_set():
            children["web server"] = start(web(asked, workers))
            children["worker"] = start([sys.executable, "-m", "flask", "--app", "wsgi", "worker"])
            wait_until_it_answers(asked, settings, children)
        if not stopping.is_set():
            say(way_in)
        watch(children)
    finally:
        stop(children)


def read(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/server", description="Start the board: web and worker together.")
    parser.add_argument("--demo", action="store_true", help="a school full of life, kept apart from the real board")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    return parser.parse_args(arguments)


def must_be_free(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            if os.name != "nt":
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        raise Trouble(
            f"Port {port} on {host} cannot be used: {why}. Try another: script/server --port NUMBER"
        ) from None


def prepare_environment(asked: argparse.Namespace) -> None:
    """What the processes started here inherit. The demo keeps its data in folders of its own."""
    if asked.demo:
        for name, default in (("BOARD_DATA", config.ROOT / "instance"), ("BOARD_INDEX", config.ROOT / "search_index")):
            os.environ[name] = str(Path(os.environ.get(name) or default).expanduser() / "demo")
    if not os.environ.get("BOARD_BASE_URL"):
        host = asked.host if config.is_loopback(asked.host) else "127.0.0.1"
        os.environ["BOARD_BASE_URL"] = f"http://{f'[{host}]' if ':' in host else host}:{asked.port}"
        if not config.is_loopback(asked.host):
            say("Only this machine can open it until BOARD_BASE_URL says its https:// address (see docs/install.md).")


def prepare_board(settings: config.Settings, demo: bool) -> str:
    """Database, demo and index; returns the words that say how to get in."""
    # only here, where the environment is known: importing the application reads nothing, making it does
    from board import console, create_app, migrations
    from board.db import database
    from board.demo import seed
    from board.people.model import Person
    from board.search import index

    create_app(settings)
    with database.connection_context():
        for name in migrations.migrate():
            say(f"Migrated: {name}")
        empty = not Person.select().exists()
        if demo and empty:
            say("Filling the demo school")
            seed.seed()
        elif not index.is_whole():
            say("Building the search index")
            index.rebuild()
        words = f"\nThe board is at {settings.base_url}\n"
        if demo:
            accounts = "".join(f"  {role:12} {name}\n" for name, role in seed.ACCOUNTS)
            return f"{words}Sign in with the password “{seed.PASSWORD}” as\n{accounts}Ctrl-C stops it."
        if empty:
            key = console.set_up_key()
            words += f"Set it up, once, at {settings.base_url}/set-up/{key}\n"
    return f"{words}Ctrl-C stops it."


def say(words: str) -> None:
    click.echo(words)


# -- the two processes


def web(asked: argparse.Namespace, workers: int) -> list[str]:
    """granian with a process a core and one thread each: SQLite and Python both like it so."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", asked.host, "--port", str(asked.port),
        "--workers", str(workers), "--blocking-threads", "1", "--respawn-failed-workers", "--no-ws",
        "--workers-kill-timeout", "5", "--log-level", "warning", "wsgi:app",
    ]  # fmt: skip


# glibc otherwise keeps what was large for a moment (https://man7.org/linux/man-pages/man3/mallopt.3.html); others ignore it
FRUGAL = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_TRIM_THRESHOLD_": "1048576"}


def start(command: list[str]) -> subprocess.Popen:
    """In a group of its own, so that Ctrl-C reaches us alone and we end both in order."""
    return subprocess.Popen(command, cwd=config.ROOT, env=FRUGAL | os.environ, start_new_session=os.name != "nt")


def wait_until_it_answers(asked: argparse.Namespace, settings: config.Settings, children: dict) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and not stopping.is_set():
        must_live(children)
        if answers(asked, settings):
            return
        stopping.wait(0.1)
    if not stopping.is_set():
        raise Trouble(f"The web server did not answer within {STARTS_WITHIN} seconds.")


def answers(asked: argparse.Namespace, settings: config.Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(asked.host, asked.host)
    line = http.client.HTTPConnection(host, asked.port, timeout=5)
    try:
        line.request("GET", "/healthz", headers={"Host": urlsplit(settings.base_url).netloc})
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def watch(children: dict[str, subprocess.Popen]) -> None:
    while not stopping.wait(0.3):
        must_live(children)


def must_live(children: dict[str, subprocess.Popen]) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise Trouble(f"The {name} has ended by itself (status {child.returncode}); the board is stopped.")


def stop(children: dict[str, subprocess.Popen]) -> None:
    """End both; whoever does not go within STOPS_WITHIN is killed with everything they started."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + STOPS_WITHIN
    for child in children.values():
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, until - time.monotonic()))
        kill_group(child)
        child.wait()


def kill_group(child: subprocess.Popen) -> None:
    """Nothing that a process of ours started outlives it."""
    if os.name == "nt":
        child.kill()
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
