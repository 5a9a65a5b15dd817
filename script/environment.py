"""The Python that a script runs with: `.venv` with what the requirements ask for, made or mended when they change.

Needs nothing but Python itself. A Python that has all of it already (a container, another environment) is
taken as it is.
"""

import hashlib
import importlib.metadata
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)


def must_be_new_enough() -> None:
    if sys.version_info < OLDEST:
        sys.exit(f"The board needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.")


def python_with(requirements: str) -> str:
    """The path of a Python that has what this file lists. Says in one line what it does when that takes time."""
    must_be_new_enough()
    path = ROOT / requirements
    if has_all(path):
        return sys.executable
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    mark = VENV / f"{path.stem}.hash"
    wanted = fingerprint(path)
    if not works(python):
        say("Making .venv")
        run([sys.executable, "-m", "venv", "--clear", str(VENV)], no_venv_words())
    if not mark.exists() or mark.read_text() != wanted:
        say(f"Installing {requirements}")
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "-r", str(path)]
        run(pip, f"{requirements} could not be installed; what pip said stands above.")
        mark.write_text(wanted)
    return str(python)


def say(words: str) -> None:
    print(f"{words} ...", flush=True)


def run(command: list, trouble: str) -> None:
    if subprocess.call(command, cwd=ROOT):
        sys.exit(trouble)


def no_venv_words() -> str:
    return "A virtual environment could not be made. On Debian and Ubuntu: apt install python3-venv"


def works(python: Path) -> bool:
    """The environment's Python starts, and is new enough: folders get moved and Pythons replaced."""
    test = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.run([str(python), "-c", test], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def lines_of(path: Path):
    """The requirements of a file and of those it names with -r, without comments."""
    for line in path.read_text("utf-8").splitlines():
        line = line.split("#", 1)[0].strip()
        if line.startswith("-r "):
            yield from lines_of(path.parent / line[3:].strip())
        elif line:
            yield line


def fingerprint(path: Path) -> str:
    return hashlib.sha256("\n".join(lines_of(path)).encode()).hexdigest()


def has_all(path: Path) -> bool:
    """Whether this Python has every requirement in exactly its version."""
    for line in lines_of(path):
        name, _, version = re.sub(r"\[.*?\]", "", line).partition("==")
        try:
            if importlib.metadata.version(name.strip()) != version.strip():
                return False
        except importlib.metadata.PackageNotFoundError:
            return False
    return True


def become(python: str, *arguments: str) -> None:
    """Go on as another program; on Windows, which has no such thing, wait for it."""
    os.environ["PYTHONUNBUFFERED"] = "1"
    if os.name == "nt":
        sys.exit(subprocess.call([python, *arguments], cwd=ROOT))
    os.chdir(ROOT)
    os.execv(python, [python, *arguments])
