"""What a parent or guardian says yes to, in versions. A version that somebody has agreed to is never changed: other
words are a new one.

A new version takes no yes back: each answer keeps the number and the digest of what it was given to, and whoever gave
it reads just those words on their page, with the new ones to agree to beneath. The school sees which yes is to an older
version, and sends the letter again where it wants the new words agreed to.
"""

import hashlib

from board.words import N_

VERSIONS: dict[int, tuple[str, ...]] = {
    1: (
        N_("My child may do this paid project as it stands on this page."),
        N_("Before a teacher agrees to the match, the organization sees no name. It sees a code, the skills my child names, what they wrote, and “grade 9 or 10” or “grade 11 or 12”."),
        N_("After a teacher agrees, it learns the first name. With my yes it also learns the school mail address, and they can write to each other on this board. A teacher can read all of it."),
        N_("It never learns from this board: the last name, the birth date, school grades, where we live, a private phone number."),
        N_("The school looks after the project, and a teacher can stop it at any time."),
        N_("My yes counts for this project only. It ends with the project, or when my child turns 18 and decides alone."),
        N_("I can take my yes back at any time, here or at school. Then nothing more is shared. Work does not begin, or it rests until the school has talked to me."),
    ),
}  # fmt: skip
CURRENT = max(VERSIONS)


def digest(version: int) -> str:
    """A fingerprint of one version in English, the text that the translations follow (SHA-256)."""
    return hashlib.sha256("\n".join(VERSIONS[version]).encode()).hexdigest()
