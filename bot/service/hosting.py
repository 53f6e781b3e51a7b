"""Workshops: what a host needs to begin, and what has become of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from bot.dialogue.facts import Way
from bot.domain.land import Land
from bot.domain.pledge import Pledge
from bot.domain.workshop import Workshop
from bot.service import codes
from bot.service.installation import Installation
from bot.store import audit, channels, pledges, workshops

LETTERS = re.compile(r"[A-Z]{2,4}")
"""What can begin the numbers of pledges, so that "BER-042" is recognised in a message."""
TRIES = 10


class LettersTaken(Exception):
    """Another workshop has these letters already."""


@dataclass(frozen=True, slots=True)
class Hosted:
    """A workshop, how many people have joined it, and how many pledges there are."""

    workshop: Workshop
    joined: int
    pledges: int


class Hosting:
    """Creates workshops and finds them again."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def create_workshop(self, name: str, day: date, land: Land, letters: str | None = None) -> Workshop:
        """A new workshop with a code of its own; without `letters` three are taken from its name.

        Raises LettersTaken, and ValueError for letters that do not match `LETTERS`.
        """
        if letters is not None and not LETTERS.fullmatch(letters):
            raise ValueError(f"{letters!r} are no letters for a workshop.")
        for _ in range(TRIES):
            try:
                return self._create(name, day, land, letters)
            except IntegrityError:  # another process was quicker
                continue
        raise LettersTaken(letters or "")

    def _create(self, name: str, day: date, land: Land, letters: str | None) -> Workshop:
        with self._installation.engine.begin() as tx:
            made = create(tx, name, day, land, self._installation.now(), letters)
            audit.write(tx, self._installation.now(), audit.COMMAND_LINE, "create workshop", made.id)
            return made

    def workshops(self) -> Sequence[Hosted]:
        """All workshops, the latest first."""
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            counts = workshops.counts(tx)
            return [Hosted(workshop, *counts.get(workshop.id, (0, 0))) for workshop in workshops.everyone(tx)]

    def find(self, which: str) -> Workshop | None:
        """The workshop of that id or of those letters, in any case."""
        wanted = which.strip().upper()
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            known = workshops.everyone(tx)
        return next((workshop for workshop in known if wanted in (str(workshop.id), workshop.letters)), None)

    def links(self, code: str) -> dict[str, str | None]:
        """The address that hands `code` to the bot, by channel; None while the bot's name there is unknown."""
        return {name: link(platform, handle, code) for name, (platform, handle) in self.handles().items()}

    def handles(self) -> Mapping[str, tuple[str, str]]:
        """Platform and the bot's own name by channel, as far as they are known."""
        with self._installation.engine.connect().execution_options(reading=True) as tx:
            return channels.handles(tx)

    def remember(self, channel: str, platform: str, handle: str) -> None:
        """The bot's own name on this channel, as the platform says it."""
        if self.handles().get(channel) != (platform, handle):
            with self._installation.engine.begin() as tx:
                channels.remember(tx, channel, platform, handle)


def create(tx: Connection, name: str, day: date, land: Land, now: datetime, letters: str | None = None) -> Workshop:
    """See `Hosting.create_workshop`. Raises LettersTaken, and IntegrityError where another process was quicker."""
    taken = workshops.letters_taken(tx)
    if letters in taken:
        raise LettersTaken(letters)
    return workshops.add(
        tx, letters=letters or codes.letters_for(name, taken), name=name, day=day, land=land,
        code=codes.unused_code(tx), created_at=now,
    )  # fmt: skip


def told(installation: Installation, workshop: Workshop, by: str = audit.COMMAND_LINE) -> Sequence[Pledge]:
    """All that a team may know of the pledges of a workshop, to be taken away as a file."""
    with installation.engine.begin() as tx:
        audit.write(tx, installation.now(), by, "export", workshop.id)
        return pledges.told_of(tx, workshop.id)


def link(platform: str, handle: str, code: str) -> str | None:
    """The address that opens a chat with the bot `handle` and hands it `code`; None while the handle is unknown.

    A link of Matrix can carry no code: there people send it as their first message.
    """
    if not handle:
        return None
    return f"https://t.me/{handle}?start={code}" if platform == "telegram" else f"https://matrix.to/#/{handle}"


def ways(handles: Mapping[str, tuple[str, str]], code: str) -> list[Way]:
    """The ways to the bot through these channels. Where a platform has several, each bears its channel's name."""
    platforms = [platform for platform, _ in handles.values()]
    return [
        Way(platform.capitalize() if platforms.count(platform) == 1 else name.replace("_", " ").title(), address)
        for name, (platform, handle) in handles.items()
        if (address := link(platform, handle, code))
    ]
