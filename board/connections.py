"""One database connection a thread, opened by the first request that needs it.

It stays open between requests: when the last connection closes, SQLite folds the write-ahead log
into the file under an exclusive lock, and on a quiet board every request would wait for that.
"""

from flask import Flask
from werkzeug.routing import IntegerConverter

from board import asked
from board.db import database


class RowNumber(IntegerConverter):
    """`<int:…>` in an address: at most what a row's number can be, or SQLite raises. More is 404."""

    def __init__(self, url_map, *args, **kwargs):
        kwargs.setdefault("max", 2**63 - 1)
        super().__init__(url_map, *args, **kwargs)


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = RowNumber

    @app.before_request
    def open_connection():
        database.connect(reuse_if_open=True)
        asked.begin()

    @app.teardown_request
    def leave_no_transaction(error):
        asked.end()
        if not database.is_closed() and database.in_transaction():
            database.rollback()
