"""Environment to settings. A value that cannot be used stops the start with one line that names it."""

import os
import secrets
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import load_dotenv

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_URL = "http://127.0.0.1:8000"


class BadSetting(SystemExit):
    """Ends the program with a sentence that names the setting."""

    def __init__(self, name: str, why: str):
        super().__init__(f"{name}: {why}")


@dataclass(frozen=True)
class Settings:
    data: Path
    index: Path
    secret_key: str
    base_url: str = DEFAULT_URL
    proxies: int = 0
    mail_url: str = ""

    @property
    def database(self) -> Path:
        return self.data / "board.sqlite3"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def trusted_hosts(self) -> list[str]:
        host = urlsplit(self.base_url).hostname or ""
        return ["127.0.0.1", "localhost", "[::1]"] if is_loopback(host) else [host]


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def from_environment(environ=None) -> Settings:
    """Settings from the environment, and from a `.env` file where the environment is silent."""
    if environ is None:
        load_dotenv(ROOT / ".env")
        environ = os.environ
    data = folder(environ, "BOARD_DATA", ROOT / "instance")
    return Settings(
        data=data,
        index=folder(environ, "BOARD_INDEX", ROOT / "search_index"),
        secret_key=secret_key(environ, data),
        base_url=base_url(environ),
        proxies=whole_number(environ, "BOARD_PROXIES", 0, 0, 10),
        mail_url=mail_url(environ),
    )


def folder(environ, name: str, default: Path) -> Path:
    path = Path(environ.get(name) or default).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadSetting(name, f"the folder {path} cannot be made ({error.strerror})") from None
    if not os.access(path, os.W_OK):
        raise BadSetting(name, f"the folder {path} cannot be written to")
    return path


def secret_key(environ, data: Path) -> str:
    """BOARD_SECRET_KEY, or one made once and kept beside the database, readable by its owner alone."""
    key = environ.get("BOARD_SECRET_KEY", "")
    if key:
        if len(key) < 32:
            raise BadSetting("BOARD_SECRET_KEY", "needs at least 32 characters")
        return key
    path = data / "secret_key"
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()


def base_url(environ) -> str:
    url = (environ.get("BOARD_BASE_URL") or DEFAULT_URL).rstrip("/")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or parts.path or parts.query or parts.username:
        raise BadSetting("BOARD_BASE_URL", "should look like https://board.example.org, with nothing after the host")
    if parts.scheme == "http" and not is_loopback(host):
        raise BadSetting("BOARD_BASE_URL", "plain http is only for this machine itself; use https:// and a proxy")
    return url


def whole_number(environ, name: str, default: int, low: int, high: int) -> int:
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal() or not low <= int(text) <= high:
        raise BadSetting(name, f"should be a whole number from {low} to {high}")
    return int(text)


def mail_url(environ) -> str:
    url = environ.get("MAIL_URL", "")
    if url:
        try:
            parts = urlsplit(url)
            usable = parts.scheme in ("smtp", "smtps") and parts.hostname and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise BadSetting("MAIL_URL", "should look like smtp://user:password@host:587")
    return url
