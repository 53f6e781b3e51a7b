"""All that a dialogue is given to answer one message."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.dialogue.facts import Facts
from bot.dialogue.message import Choice, Incoming
from bot.dialogue.state import State
from bot.domain.people import Person
from bot.texts import Speaker


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt as it was shown. `settled` is None while it waits for its answer, afterwards what was chosen.
    `headline` is what it asks, as plain text. `occasion`: the bot asked it of itself, it is no step of a dialogue."""

    key: str
    state: State
    choices: tuple[Choice, ...]
    settled: str | None = None
    headline: str = ""
    occasion: bool = False

    def key_of(self, position: int) -> str:
        """The key of the choice at that position; "" where there is none."""
        return self.choices[position].key if 0 <= position < len(self.choices) else ""

    def label_of(self, key: str) -> str:
        """What people read on the choice with that key; "" where there is none."""
        return next((choice.label for choice in self.choices if choice.key == key), "")


@dataclass(frozen=True, slots=True)
class Scene:
    """The message with its circumstances. `person` is None before consent. `now` is in UTC, `today` the person's day.

    `tapped` is the prompt whose choice was tapped or which was replied to, `waiting` are the unanswered prompts,
    the latest first. While a prompt is answered, `choice` is the key of what was chosen, or "", and `label` what
    people read there.
    """

    message: Incoming
    t: Speaker
    now: datetime
    today: date
    facts: Facts
    person: Person | None = None
    tapped: Asked | None = None
    waiting: tuple[Asked, ...] = ()
    choice: str = ""
    label: str = ""
    agreed: bool = True
    """Whether this chat agreed to the present version of the text, as far as it agreed to any."""

    @property
    def text(self) -> str:
        """The words of the message."""
        return self.message.text

    def choosing(self, asked: Asked, key: str) -> "Scene":
        """The same scene with that choice of a prompt made; "" for none."""
        return replace(self, choice=key, label=asked.label_of(key))
