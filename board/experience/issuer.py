"""The school as issuer of signed credentials: its Ed25519 key (RFC 8032), made once and kept beside the database.

The private key is readable by its owner alone and is in no backup of the database: see docs/backup.md. Without it no
new credential can be signed; those that were can be checked as long as somebody has the public key.
"""

import json
import os
import secrets
import warnings
from functools import lru_cache
from pathlib import Path

_path = Path("issuer_key.json")
ALGORITHM = "EdDSA"  # RFC 9864 calls it "Ed25519" by now; the checkers of Open Badges know this name


def use(data: Path) -> None:
    """The folder of the board's data; the key is made there when it is first asked for."""
    global _path
    _path = data / "issuer_key.json"


def key():
    """The private key. Made when there is none yet; with two processes at once the first one's counts."""
    return read(_path, made(_path))


def made(path: Path) -> float:
    """When the file of the key was written; writes one where there is none. It is whole before it has its name."""
    if not path.exists():
        from joserfc.jwk import OKPKey  # 20 MB, and most processes never need it

        text = json.dumps(OKPKey.generate_key("Ed25519").as_dict(private=True))
        partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}.partial")
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(partial, path)  # unlike a rename it takes nobody's place
        except FileExistsError:
            pass
        finally:
            partial.unlink()
    return path.stat().st_mtime


@lru_cache(maxsize=2)
def read(path: Path, written: float):
    from joserfc.jwk import OKPKey

    return OKPKey.import_key(json.loads(path.read_text()))


def key_id() -> str:
    """Its thumbprint (RFC 7638): the same wherever the key is."""
    return key().thumbprint()


def public_key() -> dict[str, str]:
    """As a JWK (RFC 7517), without its private part."""
    return {**key().as_dict(private=False), "kid": key_id(), "alg": ALGORITHM, "use": "sig"}


def sign(claims: dict, address_of_key: str) -> str:
    """A JSON Web Token (RFC 7519) with these claims. It carries the public key, so that it can be checked offline, and
    where the school shows that key, so that one can tell whose it is."""
    from joserfc import jwt
    from joserfc.errors import SecurityWarning

    shown = key().as_dict(private=False)
    header = {"alg": ALGORITHM, "typ": "JWT", "kid": address_of_key, "jwk": {n: shown[n] for n in ("kty", "crv", "x")}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)  # of that older name
        return jwt.encode(header, claims, key(), algorithms=[ALGORITHM])
