"""script/environment.py: which Python a script takes, and when it installs."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / "script"


@pytest.fixture
def environment(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(SCRIPT))
    import environment

    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    return environment


def test_a_python_that_has_everything_is_taken_as_it_is(environment):
    assert environment.python_with("requirements.txt") == sys.executable
    assert not environment.VENV.exists()


def test_a_requirement_that_is_missing_or_older_counts_as_missing(environment, tmp_path):
    (tmp_path / "some.txt").write_text("Flask==0.1  # the web framework\n")
    assert not environment.has_all(tmp_path / "some.txt")
    (tmp_path / "some.txt").write_text("no-such-thing==1.0\n")
    assert not environment.has_all(tmp_path / "some.txt")


def test_it_installs_when_the_list_changes_and_only_then(environment, tmp_path, monkeypatch, capsys):
    listed = tmp_path / "some.txt"
    listed.write_text("no-such-thing==1.0\n")
    ran = []
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "works", lambda python: bool(ran))
    monkeypatch.setattr(environment, "run", lambda command, trouble: ran.append(command))
    environment.VENV.mkdir()
    for text in ("no-such-thing==1.0\n", "no-such-thing==1.0  # why\n", "no-such-thing==1.1\n"):
        listed.write_text(text)
        environment.python_with("some.txt")
    assert ["venv" in command for command in ran] == [True, False, False]
    assert capsys.readouterr().out.splitlines() == [
        "Making .venv ...",
        "Installing some.txt ...",
        "Installing some.txt ...",
    ]


def test_an_old_python_is_told_so_in_one_line(environment, monkeypatch):
    monkeypatch.setattr(environment.sys, "version_info", (3, 9, 6))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer"):
        environment.python_with("requirements.txt")


@pytest.mark.parametrize("name", ["server", "test", "check", "bench"])
def test_the_scripts_can_be_run(name):
    path = SCRIPT / name
    assert path.read_text().startswith("#!/usr/bin/env python3\n") and path.stat().st_mode & 0o111
    assert subprocess.run([sys.executable, "-m", "py_compile", str(path)], check=False).returncode == 0
