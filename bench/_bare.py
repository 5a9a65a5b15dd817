"""The yardstick: the least a Flask application can do."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def page():
    return "<!doctype html><title>bare</title><p>Hello."
