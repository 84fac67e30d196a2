"""What is typed about a person, checked and brought into the form it is stored in. Pure."""

from __future__ import annotations

import re
import unicodedata

from bot.errors import BotError
from escalation.ticket import SKILLS

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
LONGEST_NAME = 60
LONGEST_EMAIL = 254
CAPACITY = 4
LARGEST_CAPACITY = 50
MOST_SKILLS = 20
_EMAIL = re.compile(r"[^\s@<>()\[\]\\,;:\"]{1,64}@[^\s@<>()\[\]\\,;:\"]{1,189}")


class WrongField(BotError):
    """Raised when something typed cannot be used; `field` names the box."""

    def __init__(self, field: str, sentence: str) -> None:
        """Carry the field so that a page can say it beside the box."""
        self.field = field
        super().__init__(sentence)


def clean_email(email: str) -> str:
    """Give an e-mail address in the form it is stored; raises WrongField."""
    email = unicodedata.normalize("NFC", email).strip().lower()
    if not _EMAIL.fullmatch(email) or len(email) > LONGEST_EMAIL or not email.isprintable():
        raise WrongField("email", "Write an e-mail address, such as robin@example.com.")
    return email


def clean_name(name: str) -> str:
    """Give a name on one line; raises WrongField."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise WrongField("name", f"Write a name of 1 to {LONGEST_NAME} letters.")
    return name


def clean_skills(typed: str) -> tuple[str, ...]:
    """Give skills as they are stored, in order, each once; raises WrongField."""
    words = dict.fromkeys(typed.lower().replace(",", " ").split())
    fit = all(SKILLS.fullmatch(one) and "+" not in one for one in words)
    if len(words) > MOST_SKILLS or not fit:
        raise WrongField("skills", "Write skills as words, such as: es, wholesale.")
    return tuple(words)


def clean_capacity(typed: int | str) -> int:
    """Give how many conversations somebody takes at once; raises WrongField."""
    text = str(typed).strip()
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= LARGEST_CAPACITY):
        raise WrongField("capacity", f"Write a whole number from 1 to {LARGEST_CAPACITY}.")
    return int(text)


def clean_password(password: str, email: str, name: str) -> str:
    """Give a password in the form it is hashed; raises WrongField when it is easy to guess."""
    password = plain_password(password)
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise WrongField(
            "password",
            f"Use {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} letters; three words do well.",
        )
    guesses = {email, email.split("@", 1)[0], name.lower(), name.lower().replace(" ", "")}
    if password.lower() in guesses or len(set(password)) < 4:
        raise WrongField("password", "That is easy to guess. Three unrelated words do well.")
    return password


def plain_password(password: str) -> str:
    """Give a password in the one form of its letters."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()
