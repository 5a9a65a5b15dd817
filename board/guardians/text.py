"""What a parent or guardian says yes to, in versions. A version that somebody has agreed to is never changed: other
words are a new one.

A new version takes no yes back: each answer keeps the number and the digest of what it was given to, and the school
asks again by sending the letter again where it wants the new words agreed to.
"""

import hashlib

from board.words import N_

VERSIONS: dict[int, tuple[str, ...]] = {
    1: (
        N_("My child may do this paid project, as it is described on this page."),
        N_("Until a teacher has agreed to the match, the organization knows my child by a code, the skills they name, what they wrote and “grade 9 or 10” or “grade 11 or 12”: no name, no age, no address."),
        N_("Once a teacher has agreed, the organization learns my child’s first name. With my yes, it also learns their school mail address, and they can write to each other on the board, where a teacher can read everything."),
        N_("The organization never learns my child’s last name from this board, nor a birth date, a grade on a report card, a home address or a private phone number."),
        N_("The school looks after the project. A teacher can stop it at any time."),
        N_("My yes is for this project alone. It ends with the project, or when my child turns 18, who then decides."),
        N_("I can take my yes back at any time, on this page or at the school. From then on nothing more is shared, and the work does not start, or rests until the school has talked to us."),
    ),
}  # fmt: skip
CURRENT = max(VERSIONS)


def digest(version: int) -> str:
    """A fingerprint of one version in English, the text that the translations follow (SHA-256)."""
    return hashlib.sha256("\n".join(VERSIONS[version]).encode()).hexdigest()
