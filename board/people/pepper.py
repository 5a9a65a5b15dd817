"""The secret that one-time keys are hashed with: the board's own, set once at start."""

value: bytes = b""


def use(secret_key: str) -> None:
    global value
    value = secret_key.encode()
