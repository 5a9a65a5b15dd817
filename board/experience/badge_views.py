"""The school as issuer of signed credentials: who it is, and the key by which others check what it signed."""

from flask import Blueprint, Response, abort, current_app, jsonify

from board.access import ANYONE, open_to, school
from board.experience import badge
from board.experience import issuer as keys

issuer = Blueprint("issuer", __name__)

DAY = 24 * 60 * 60


def base_url() -> str:
    return current_app.config["SETTINGS"].base_url


def public(made: Response) -> Response:
    """For any checker anywhere: the same for everybody, and it holds nobody's data."""
    made.headers["Access-Control-Allow-Origin"] = "*"
    made.headers["Cache-Control"] = f"public, max-age={DAY}"
    return made


@issuer.get("/issuer")
@open_to(ANYONE)
def profile():
    here = school() or abort(404)
    return public(jsonify({"@context": list(badge.CONTEXTS)} | badge.profile(here.name, base_url())))


@issuer.get("/issuer/keys")
@open_to(ANYONE)
def all_keys():
    """As a JSON Web Key Set (RFC 7517)."""
    return public(jsonify({"keys": [keys.public_key()]}))


@issuer.get("/issuer/keys/<key_id>")
@open_to(ANYONE)
def one_key(key_id: str):
    """What a credential's `kid` leads to."""
    if key_id != keys.key_id():
        abort(404)
    return public(jsonify(keys.public_key()))
