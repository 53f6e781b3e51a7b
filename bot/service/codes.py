"""Codes that people type from a card: random, easy to read, and not to be guessed."""

import random
import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from itertools import chain, combinations, product

from sqlalchemy import Connection

from bot.dialogue.answering import CODE_LENGTH
from bot.domain.words import fold
from bot.store import codes, pledges, teams, workshops

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No 0 and O, no 1 and I: on paper they are the same."""
LENGTH = CODE_LENGTH
"""40 bits: with five tries in ten minutes from one account nobody meets one by chance."""
TRIES = 5
PER_SECONDS = 600.0
REMEMBERED = 10_000


def new_code() -> str:
    """A random code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def unused_code(tx: Connection) -> str:
    """A random code that admits to nothing yet."""
    meanings = (workshops.by_code, pledges.by_claim_code, teams.by_code, codes.by_code)
    while True:
        code = new_code()
        if not any(known(tx, code) for known in meanings):
            return code


def normal(code: str) -> str:
    """A code as it is stored: upper case, without blanks and hyphens."""
    return "".join(char for char in code.upper() if char.isascii() and char.isalnum())


def new_key() -> str:
    """A random name for a prompt: an old button must never mean a new question. It is no secret, since only those
    who were asked can answer; and asking the system for each would let go of the interpreter's lock so often and so
    briefly that the event loop starves while a hundred questions are composed."""
    return f"{random.getrandbits(64):016x}"


def letters_for(name: str, taken: set[str]) -> str:
    """Three free letters for a workshop, from its name where possible.

    The place counts, and it comes last ("Werkstatt der Mutigen Berlin": `BER`; "Regionalwerkstatt Schleswig-Holstein":
    `SCH`), but for what tells it from others of its name ("Frankfurt am Main": `FRA`). Where its first letters are
    taken, others of its letters follow: `BEL`, `BEI`.
    """
    short = _WHICH_OF_THEM.split(name)[0]
    word = _place(short) or _place(name) or "WER"
    rest = ("".join(letters) for letters in combinations(word[1:], 2))
    own = (word[0] + letters for letters in rest)
    near = (word[:2] + letter for letter in _LETTERS)
    any_at_all = ("".join(letters) for letters in product(_LETTERS, repeat=3))
    return next(letters for letters in chain(own, near, any_at_all) if letters not in taken)


def _place(name: str) -> str:
    """The first word of the last name in `name` that says more than "workshop", in capitals; "" where there is none."""
    for joined in reversed(name.split()):
        words = [word for word in fold(joined).split() if word.isascii() and word.isalpha() and len(word) >= 3]
        telling = [word for word in words if word not in _COMMON and not word.endswith(("werkstatt", "workshop"))]
        if telling:
            return telling[0].upper()
    return ""


_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_WHICH_OF_THEM = re.compile(r"\s+(?:am|an der|in der|bei|ob der|vor der|im)\s+|[(/,]", re.IGNORECASE)
_COMMON = frozenset(re.findall(
    r"\w+",
    "und der die das den dem des fuer mit von vom zum zur aus the and for with mutige mutigen mutiger mut werkstatt"
    " workshop regional regionale kommunale tag forum treffen auftakt stadt land kreis landkreis gemeinde region bezirk"
    " amt bad sankt erste zweite dritte",
))  # fmt: skip


class Guard:
    """Counts wrong codes for each chat, in memory only: of a stranger nothing is kept. Real time, in seconds."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._wrong: OrderedDict[tuple[str, str], list[float]] = OrderedDict()

    def wrong(self, channel: str, address: str) -> None:
        """A wrong code came from this chat."""
        tries = self._wrong.setdefault((channel, address), [])
        tries.append(self._seconds())
        del tries[:-TRIES]
        self._wrong.move_to_end((channel, address))
        if len(self._wrong) > REMEMBERED:
            self._wrong.popitem(last=False)

    def blocks(self, channel: str, address: str) -> bool:
        """Whether this chat has to wait."""
        tries = self._wrong.get((channel, address), [])
        return len(tries) == TRIES and self._seconds() - tries[0] < PER_SECONDS
