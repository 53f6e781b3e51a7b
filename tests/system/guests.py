"""Guests of a workshop: with their phones they scan, make a pledge, and answer for half a year in their own manner."""

import asyncio
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Optional

from tests.system.phones import LOOK_SECONDS, Phone, Told

Answers = Sequence[str]
"""What is answered the first time, the second time …; the last one from then on. "": nothing. In brackets: tapped.
With a stroke in front: a command. GOES and INVITES: what they say."""
GOES = "!goes"
"""They block the bot, or leave its room."""
INVITES = "!invites"
"""They forward this message to their friend, who follows the link in it."""

COMMON: dict[str, Answers] = {
    r"Sind Sie einverstanden\?": ["[Ja, einverstanden]"],
    r"Wann soll ich wieder fragen\?": ["1"],
    r"Darf das Ergebnis auch anderen gezeigt werden\?": ["[Ja, mit Namen]"],
    r"Hat es Ihnen geholfen": ["[Ja, hat es]"],
    r"Team: ": ["Danke, das hilft uns weiter.", ""],
    r"Soll ich in drei Monaten": ["[Nein]"],
    r"Noch \d+ Tage": [""],
}
"""What everybody does who does nothing else."""
_REFERENCE = re.compile(r"\w{3}-\d{3}")
_OUTCOME = re.compile(r"Notiert: (\w{3}-\d{3}) – ([^.]+)\.")
_CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{8}\b")
_LINK = re.compile(r"https://[^\s)>]+")


@dataclass
class Guest:
    """Somebody with a pledge, or a friend's pledge to join (then `pledge` is ""). `chance` says when they come and how
    long they think, about `seconds` of real time."""

    phone: Phone
    pledge: str
    manner: Mapping[str, Answers]
    chance: random.Random
    seconds: float = 0.0
    friend: Optional["Guest"] = None
    sentences: list[str] = field(default_factory=list)
    """What they have told in words, when they were asked something."""
    _times: dict[str, int] = field(default_factory=dict)
    _read: int = 0

    async def comes(self, links: Mapping[str, str], code: str, arriving: float) -> None:
        """Scan the code at some time within `arriving` seconds, agree, and make a pledge."""
        await asyncio.sleep(self.chance.uniform(0.0, arriving))
        await self.phone.scans(links, code)
        while not self.reference:
            await self._look()

    async def lives(self, over: asyncio.Event) -> None:
        """Answer whatever comes until it is over."""
        while not over.is_set():
            await self._look()

    @property
    def reference(self) -> str:
        """The number of the pledge, once it has one."""
        cards = (told.text for told in self.phone.told() if "so habe ich es notiert" in told.text)
        return next((found[0] for found in map(_REFERENCE.search, cards) if found), "")

    @property
    def outcome(self) -> str:
        """The outcome as the bot has confirmed it to them last; "" without one."""
        said = [found[2] for told in self.phone.told() for found in [_OUTCOME.search(told.text)] if found]
        return said[-1] if said else ""

    @property
    def asked_for_help(self) -> bool:
        """Whether the bot has told them that their call lies with the team."""
        return any("liegt beim Team" in told.text for told in self.phone.told())

    async def _look(self) -> None:
        if self._read == self.phone.end:
            await asyncio.sleep(LOOK_SECONDS)
            return
        [told] = self.phone.told(self._read)[:1]
        self._read += 1
        if told.source.deleted:
            return
        if answer := self._chosen(told):
            if self.reference:
                await asyncio.sleep(self.chance.uniform(0.5, 1.5) * self.seconds)
            await self._does(answer, told)

    def _chosen(self, told: Told) -> str:
        if "Was haben Sie sich vorgenommen?" in told.text:
            return self.pledge
        for pattern, answers in {**COMMON, **self.manner}.items():
            if re.search(pattern, told.text):
                times = self._times[pattern] = self._times.get(pattern, 0) + 1
                return answers[min(times, len(answers)) - 1]
        return ""

    async def _does(self, answer: str, told: Told) -> None:
        if answer == GOES:
            await self.phone.goes()
        elif answer == INVITES:
            assert self.friend
            await self.friend.phone.scans(_links(told.text), _CODE.findall(told.text)[-1])
        elif answer.startswith("["):
            await self.phone.taps(answer.strip("[]"), told)
        elif answer.startswith("/"):
            await self.phone.commands(answer.removeprefix("/"))
        else:
            if answer.endswith(".") and answer != self.pledge and not told.text.startswith("Team: "):
                self.sentences.append(answer)
            await self.phone.says(answer)


def _links(invitation: str) -> dict[str, str]:
    """The links in an invitation, by channel."""
    return {"matrix" if "matrix.to" in link else "telegram": link for link in _LINK.findall(invitation)}
