"""Settings: what the environment may say, and one line for each thing it may not."""

import os

import pytest

from board import config
from board.config import BadSetting, Settings, from_environment

KEY = "x" * 40


@pytest.fixture
def environ(tmp_path):
    return {
        "BOARD_DATA": str(tmp_path / "data"), "BOARD_INDEX": str(tmp_path / "index"), "BOARD_SECRET_KEY": KEY,
    }  # fmt: skip


def test_silence_means_this_machine_alone(environ):
    settings = from_environment(environ)
    assert settings.base_url == "http://127.0.0.1:8000" and not settings.is_https
    assert settings.proxies == 0 and settings.mail_url == ""
    assert "127.0.0.1" in settings.trusted_hosts and "localhost" in settings.trusted_hosts


def test_an_https_address_trusts_its_own_host_alone(environ):
    settings = from_environment(environ | {"BOARD_BASE_URL": "https://board.lincoln.example/"})
    assert settings.is_https and settings.trusted_hosts == ["board.lincoln.example"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOARD_SECRET_KEY", "short"),
        ("BOARD_BASE_URL", "board.example.org"),
        ("BOARD_BASE_URL", "ftp://board.example.org"),
        ("BOARD_BASE_URL", "https://board.example.org/path"),
        ("BOARD_BASE_URL", "https://board.example.org?x=1"),
        ("BOARD_BASE_URL", "https://me@board.example.org"),
        ("BOARD_BASE_URL", "https://board.example.org:99999"),
        ("BOARD_BASE_URL", "https://[::1"),
        ("BOARD_BASE_URL", "http://board.example.org"),
        ("BOARD_BASE_URL", "http://192.168.1.20"),
        ("BOARD_PROXIES", "one"),
        ("BOARD_PROXIES", "-1"),
        ("BOARD_PROXIES", "11"),
        ("BOARD_PROXIES", "٣٣"),
        ("MAIL_URL", "mail.example.org"),
        ("MAIL_URL", "http://mail.example.org"),
        ("MAIL_URL", "smtp://"),
        ("MAIL_URL", "smtp://host:notaport"),
    ],
)
def test_a_value_that_cannot_be_used_stops_the_start_with_one_line_that_names_it(environ, name, value):
    with pytest.raises(BadSetting) as stopped:
        from_environment(environ | {name: value})
    said = str(stopped.value.code)
    assert said.startswith(f"{name}: ") and "\n" not in said and len(said) > len(name) + 10


@pytest.mark.parametrize("name", ["BOARD_DATA", "BOARD_INDEX"])
def test_a_folder_that_cannot_be_made_stops_the_start(environ, tmp_path, name):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BadSetting) as stopped:
        from_environment(environ | {name: str(tmp_path / "file" / "folder")})
    assert str(stopped.value.code).startswith(f"{name}: ")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file modes")
def test_the_secret_key_is_made_once_and_is_its_owners_alone(environ, tmp_path):
    environ = {**environ, "BOARD_SECRET_KEY": ""}
    first = from_environment(environ).secret_key
    assert len(first) >= 48 and from_environment(environ).secret_key == first
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o077 == 0


def test_a_number_of_workers_is_asked_for_in_words():
    with pytest.raises(BadSetting, match="BOARD_WORKERS: should be a whole number from 1 to 64"):
        config.whole_number({"BOARD_WORKERS": "many"}, "BOARD_WORKERS", 2, 1, 64)


def test_the_database_lies_in_the_data_folder(tmp_path):
    assert Settings(data=tmp_path, index=tmp_path, secret_key=KEY).database == tmp_path / "board.sqlite3"
