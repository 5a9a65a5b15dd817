"""The signed credential: checked by a tool that is not ours, with nothing but the key that the board serves."""

import base64
import json
import stat
import threading
from datetime import date
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

from board.experience import badge, issuer

BASE = "https://board.example.org"


def facts(**changed):
    """What outsiders may read of an experience."""
    return SimpleNamespace(**({
        "path": "/verify/a-token", "name": "Maya R.", "title": "Marketing Intern (micro-internship)",
        "organization": "Acme Bakery", "began_on": date(2026, 3, 1), "ended_on": date(2026, 3, 20),
        "sentences": ("12 hours, confirmed by the employer", "Supervised by Pat Lindqvist"),
        "skills": ("Canva", "Photography"), "delivered": "A price list for the counter.",
    } | changed))  # fmt: skip


@pytest.fixture
def key(tmp_path):
    issuer.use(tmp_path)
    return issuer.public_key()


def pem_of(jwk: dict) -> bytes:
    raw = base64.urlsafe_b64decode(jwk["x"] + "==")
    spki = serialization.PublicFormat.SubjectPublicKeyInfo
    return Ed25519PublicKey.from_public_bytes(raw).public_bytes(serialization.Encoding.PEM, spki)


def part(token: str, number: int) -> dict:
    words = token.split(".")[number]
    return json.loads(base64.urlsafe_b64decode(words + "=" * (-len(words) % 4)))


def test_a_stranger_checks_it_offline_with_the_public_key_alone(key):
    found = OB3Verifier(pem_of(key)).verify(badge.signed(facts(), "Lincoln High School", BASE))
    assert (found.issuer.id, found.issuer.name) == (f"{BASE}/issuer", "Lincoln High School")
    assert found.achievement.name == "Marketing Intern (micro-internship)"
    assert found.achievement.tags == ["Canva", "Photography"]
    assert [one.identity_hash for one in found.identifiers] == ["Maya R."]
    assert found.evidence_url == f"{BASE}/verify/a-token"


@pytest.mark.parametrize("change", ["a letter", "another key", "no signature", "another algorithm"])
def test_what_was_changed_is_found_out(key, tmp_path, change):
    token = badge.signed(facts(), "Lincoln High School", BASE)
    head, body, signature = token.split(".")
    if change == "a letter":
        forged = part(token, 1) | {"name": "Head of Marketing, Acme Bakery"}
        body = base64.urlsafe_b64encode(json.dumps(forged).encode()).decode().rstrip("=")
    elif change == "no signature":
        signature = ""
    elif change == "another algorithm":
        head = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').decode().rstrip("=")
    else:
        (tmp_path / "other").mkdir()
        issuer.use(tmp_path / "other")
        head, body, signature = badge.signed(facts(), "Lincoln High School", BASE).split(".")
    with pytest.raises(OB3VerificationError):
        OB3Verifier(pem_of(key)).verify(f"{head}.{body}.{signature}")


def test_its_head_names_the_key_and_carries_its_public_part_alone(key):
    head = part(badge.signed(facts(), "Lincoln High School", BASE), 0)
    assert head["kid"] == f"{BASE}/issuer/keys/{key['kid']}"
    assert head["jwk"] == {"kty": "OKP", "crv": "Ed25519", "x": key["x"]}
    assert (head["alg"], head["typ"]) == ("EdDSA", "JWT")


def test_it_says_what_the_standard_asks_of_every_credential(key):
    body = part(badge.signed(facts(), "Lincoln High School", BASE), 1)
    assert body["@context"][0] == "https://www.w3.org/ns/credentials/v2" and "/ob/v3p0/" in body["@context"][1]
    assert {"VerifiableCredential", "OpenBadgeCredential"} <= set(body["type"])
    assert body["iss"] == body["issuer"]["id"] and body["jti"] == body["id"]
    assert body["sub"] == body["credentialSubject"]["id"] and "vc" not in body and "iat" not in body
    achievement = body["credentialSubject"]["achievement"]
    assert {"id", "type", "name", "description", "criteria"} <= set(achievement)
    assert body["validFrom"] == "2026-03-20T00:00:00Z"


def test_it_says_nothing_that_the_student_does_not_show(key):
    made = json.dumps(badge.credential(facts(skills=(), delivered="", sentences=()), "Lincoln High School", BASE))
    assert "Canva" not in made and "price list" not in made and "Lindqvist" not in made
    assert '"tag"' not in made and '"narrative": ""' not in made


def test_the_key_is_made_once_also_by_several_at_once_and_is_its_owners_alone(tmp_path):
    issuer.use(tmp_path)
    found, start = [], threading.Barrier(4)

    def ask():
        start.wait()
        found.append(issuer.key_id())

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and len(set(found)) == 1
    (path,) = tmp_path.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and "d" in json.loads(path.read_text())


def test_anybody_reads_the_issuer_and_its_key_and_nobody_the_private_part(client, settings):
    browser = client()
    profile, keys = browser.get("/issuer").json, browser.get("/issuer/keys").json
    assert profile["name"] == "Lincoln High School" and profile["id"].endswith("/issuer")
    (shown,) = keys["keys"]
    assert set(shown) == {"kty", "crv", "x", "kid", "alg", "use"}
    one = browser.get(f"/issuer/keys/{shown['kid']}")
    assert one.json == shown and one.headers["Access-Control-Allow-Origin"] == "*"
    assert browser.get("/issuer/keys/another").status_code == 404
    private = json.loads((settings.data / "issuer_key.json").read_text())["d"]
    assert not [a for a in ("/issuer", "/issuer/keys") if private in browser.get(a).text]
