"""One phone, whichever messenger is on it: what the bot says there, with its choices, and how one answers."""

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qs, urlparse

from tests import homeserver, telegram_server
from tests.homeserver import Homeserver
from tests.telegram_server import TelegramServer

COMING_SECONDS = 120.0
"""How long the bot may take to come into a room: a homeserver lets it join only so many a minute."""
LOOK_SECONDS = 0.03
"""How often people look at their phones."""
_NUMBERED = re.compile(r"^(\d+)  (.+)$", re.M)


Source = telegram_server.Message | homeserver.Message


@dataclass(frozen=True)
class Told:
    """One message of the bot as it stands on the phone now; `id` is its place among all that the bot has said."""

    id: int
    text: str
    choices: Sequence[str]
    source: Source


class Phone(ABC):
    """A phone with a name for whose it is. `platform` is the channel's name."""

    platform: str
    sign: str
    """What commands begin with."""

    def __init__(self, name: str) -> None:
        self.name = name

    @abstractmethod
    async def scans(self, links: Mapping[str, str], code: str) -> None:
        """Follow the link of a card or a slide, and do what the messenger does then."""

    @abstractmethod
    async def says(self, text: str) -> None:
        """Write to the bot."""

    @abstractmethod
    async def taps(self, label: str, told: Told) -> None:
        """Choose one of the choices of a message; nothing where it has them no longer."""

    @abstractmethod
    async def goes(self) -> None:
        """Block the bot, or leave its room."""

    @abstractmethod
    def _said(self) -> Sequence[Source]:
        """The messages of the bot, oldest first."""

    @abstractmethod
    def _told(self, place: int, source: Source) -> Told: ...

    @abstractmethod
    def entries(self) -> Sequence[tuple[str, str]]:
        """The chat, entry by entry: the id of the bot's message ("" for what they did), and the line."""

    def told(self, since: int = 0) -> Sequence[Told]:
        """What the bot has said, oldest first, from this place on."""
        return [self._told(place, source) for place, source in enumerate(self._said()[since:], since)]

    async def commands(self, text: str) -> None:
        """Write a command: `/status` on Telegram, `!status` on Matrix."""
        await self.says(self.sign + text)

    async def hears(self, words: str, since: int, timeout: float = 30.0) -> Told:
        """Wait until something with these words stands there, from that place on. Raises AssertionError otherwise."""
        try:
            async with asyncio.timeout(timeout):
                while True:
                    for told in self.told(since):
                        if words in told.text:
                            return told
                    await asyncio.sleep(LOOK_SECONDS)
        except TimeoutError:
            chat = "\n".join(line for _, line in self.entries())
            raise AssertionError(f"{self.name} heard no {words!r}:\n{chat}") from None

    @property
    def end(self) -> int:
        """The place of what comes next."""
        return len(self._said())


class OnTelegram(Phone):
    """Telegram, with buttons."""

    platform = "telegram"
    sign = "/"

    def __init__(self, name: str, server: TelegramServer) -> None:
        super().__init__(name)
        self.person = server.person(name)

    async def scans(self, links: Mapping[str, str], code: str) -> None:
        payload = parse_qs(urlparse(links["telegram"]).query)["start"][0]
        assert payload == code
        self.person.says(f"/start {payload}")

    async def says(self, text: str) -> None:
        self.person.says(text)

    async def taps(self, label: str, told: Told) -> None:
        assert isinstance(told.source, telegram_server.Message)
        if label in told.source.buttons:
            self.person.taps(label, told.source)

    async def goes(self) -> None:
        self.person.blocks()

    def _said(self) -> Sequence[Source]:
        return [message for message in self.person.home.messages if message.from_bot]

    def _told(self, place: int, source: Source) -> Told:
        assert isinstance(source, telegram_server.Message)
        return Told(place, source.text, source.buttons, source)

    def entries(self) -> Sequence[tuple[str, str]]:
        return self.person.entries()


class OnMatrix(Phone):
    """Matrix, with numbers: every other time they are typed instead of tapped as a reaction."""

    platform = "matrix"
    sign = "!"

    def __init__(self, person: homeserver.Person) -> None:
        super().__init__(person.name)
        self.person = person
        self._times = 0

    @classmethod
    async def register(cls, name: str, server: Homeserver) -> Self:
        """With a new account, whose messages are not limited: half a year has to pass in a minute."""
        person = await server.person(re.sub(r"\W", "", name.casefold()))
        await server.unlimit(person.user)
        phone = cls(person)
        phone.name = name
        return phone

    async def scans(self, links: Mapping[str, str], code: str) -> None:
        bot = links["matrix"].removeprefix("https://matrix.to/#/")
        await self.person.invites(bot, joined=False)
        await self.hears("Code", 0, COMING_SECONDS)
        await self.person.says(code)

    async def says(self, text: str) -> None:
        await self.person.says(text)

    async def taps(self, label: str, told: Told) -> None:
        assert isinstance(told.source, homeserver.Message)
        self._times += 1
        for number, choice in _NUMBERED.findall(told.source.text):
            if choice == label:
                if self._times % 2:
                    await self.person.reacts(number, told.source)
                else:
                    await self.person.replies(told.source, number)

    async def goes(self) -> None:
        await self.person.leaves()

    def _said(self) -> Sequence[Source]:
        return [message for message in self.person.messages if message.sender == self.person.bot]

    def _told(self, place: int, source: Source) -> Told:
        choices = [choice for _, choice in _NUMBERED.findall(source.text)]
        return Told(place, _NUMBERED.sub("", source.text).strip(), choices, source)

    def entries(self) -> Sequence[tuple[str, str]]:
        return self.person.entries()
