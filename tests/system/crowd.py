"""Twenty people who go on talking with the bot, whatever happens to it, and who remember what they said."""

import asyncio
import random
from dataclasses import dataclass, field

from tests.telegram_server import Message, Person, TelegramServer

PATIENCE = 60.0
"""How long to wait for an answer, over all restarts, in seconds of real time."""
STANDINGS = {"🟢 On track": "on_track", "🟡 Slower": "slow"}


@dataclass
class Talker:
    """One of them. `answers` are what they have answered and seen acknowledged: standing and note, in order."""

    server: TelegramServer
    person: Person
    code: str
    chance: random.Random
    answers: list[tuple[str, str]] = field(default_factory=list)
    glances: int = 0
    reference: str = ""
    _done: set[str] = field(default_factory=set)
    _notes: int = 0

    async def live(self, arriving: float, over: asyncio.Event) -> None:
        """Arrive within so many seconds, join, make a pledge, then go on until it is over."""
        await asyncio.sleep(self.chance.uniform(0.0, arriving))
        await self._join()
        while not over.is_set():
            await asyncio.sleep(self.chance.uniform(0.0, 0.6))
            if question := self._question():
                await self._answer(question, note="")
            elif self.chance.random() < 0.5:
                await self._report()
            else:
                await self._glance()
        while question := self._question():
            await self._answer(question, note="")

    @property
    def inputs(self) -> int:
        """How many things they have said or tapped."""
        return 3 + self.glances + len(self.answers) + self._notes

    async def _join(self) -> None:
        self.person.says(f"/start {self.code}")
        consent = await self._sees("Do you agree?")
        self.person.taps("Yes, I agree", consent)
        await self._sees("What have you set out to do?")
        self.person.says(f"{self.person.name} opens a citizens' office")
        card = await self._sees("this is how I have noted it")
        self.reference = card.text.split("\n")[1]

    async def _glance(self) -> None:
        before = self._newest_id()
        self.glances += 1
        self.person.says("/status")
        await self._sees("Tell me what is new at any time", after=before)

    async def _report(self) -> None:
        self._notes += 1
        note = f"note {self._notes} of {self.person.name}"
        before = self._newest_id()
        self.person.says(f"/update {note}")
        question = await self._sees(f"How is {self.reference} getting on?", after=before, unanswered=True)
        await self._answer(question, note)

    async def _answer(self, question: Message, note: str) -> None:
        """Tap an answer, and wait until the bot shows it in place of the buttons."""
        label = self.chance.choice(list(STANDINGS))
        self._done.add(_prompt(question))
        self.person.taps(label, question)
        await self._until(lambda: not question.buttons, f"shows no answer to {question.text!r}")
        if "➤" in question.text:
            self.answers.append((STANDINGS[label], note))

    def _question(self) -> Message | None:
        """A check-in that they have not answered yet."""
        asked = (m for m in self.person.chat if m.from_bot and m.buttons and "getting on?" in m.text)
        return next((message for message in asked if _prompt(message) not in self._done), None)

    async def _sees(self, words: str, after: int = 0, unanswered: bool = False) -> Message:
        """Wait for a message of the bot with these words."""

        def seen() -> list[Message]:
            return [
                message
                for message in self.person.chat
                if message.from_bot and message.id > after and words in message.text
                if not unanswered or (message.buttons and _prompt(message) not in self._done)
            ]

        await self._until(lambda: bool(seen()), f"does not say {words!r}")
        return seen()[0]

    def _newest_id(self) -> int:
        return max((message.id for message in self.person.chat), default=0)

    async def _until(self, happened: object, otherwise: str) -> None:
        await self.server.until(happened, PATIENCE, f"The bot {otherwise} to {self.person.name}:", self.person)  # type: ignore[arg-type]


def _prompt(message: Message) -> str:
    data = message.rows[0][0].data or ""
    return data.partition(".")[0]
