"""People before a bot whose every part is real, but for the platform and the clock.

    stage.workshop()
    anna = stage.person("Anna")
    anna.says("/start ABCD2345")
    anna.taps("Ja")
    assert "vorgenommen" in anna.hears()[-1]
    stage.until_asked()
    anna.taps("Läuft")
    print(anna.transcript())

The language is the one that the person's app tells, "de" unless said otherwise.
"""

from collections.abc import Coroutine
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from bot.dialogue.message import Incoming, Kind, Tap
from bot.domain.land import Land
from bot.domain.roles import Role
from bot.domain.workshop import CODE_LIFE, Workshop
from bot.ports import Delivery
from bot.service.asking import Asking
from bot.service.broadcasting import Broadcasting
from bot.service.delivering import Delivering, outgoing
from bot.service.digesting import Digesting
from bot.service.help_desk import PromiseWatch
from bot.service.holding import Holding
from bot.service.installation import Installation
from bot.service.preparing import TRADES
from bot.service.receiving import Received, Receiving
from bot.service.working import Working
from bot.store import teams, workshops
from bot.store.outbox import EDIT, RETRACT, Letter
from bot.store.teams import TeamCode
from scheduler.clock import ManualClock
from tests.messenger import Platform, Shown

T = TypeVar("T")
EPOCH = 1
LONGEST_WAIT = timedelta(days=400)
"""Whoever is not asked within that time is never asked."""


class Stage:
    """One installation with its people. Whatever is to be sent is sent at once, unless `delivers` is False."""

    def __init__(self, installation: Installation, clock: ManualClock, platform: Platform | None = None) -> None:
        self.installation = installation
        self.clock = clock
        self.platform = platform or Platform()
        self.platforms = {self.platform.name: self.platform}
        self.receiving = Receiving(installation)
        self.asking = Asking(installation)
        self.broadcasting = Broadcasting(installation)
        self.working = Working(installation, TRADES)
        self.delivering = Delivering(installation, real=lambda: clock.now().timestamp())
        self.promises = PromiseWatch(installation)
        self.digesting = Digesting(installation)
        self.holding = Holding(installation)
        self.people: dict[str, Person] = {}
        self.delivers = True
        self._updates = 0

    def workshop(
        self,
        name: str = "Werkstatt Berlin",
        day: date | None = None,
        land: Land = Land.BE,
        letters: str = "BER",
        code: str = "ABCD2345",
    ) -> Workshop:
        """A new workshop, today unless said otherwise."""
        now = self.clock.now()
        with self.installation.engine.begin() as tx:
            return workshops.add(
                tx, letters=letters, name=name, day=day or now.date(), land=land, code=code, created_at=now
            )

    def team_code(self, code: str, role: Role = Role.ORGANISER, workshop_id: int = 1) -> None:
        """From now on this code invites into the team of a workshop, once."""
        with self.installation.engine.begin() as tx:
            teams.invite(tx, TeamCode(code, workshop_id, role, self.installation.today() + CODE_LIFE))

    def appoint(self, name: str) -> "Person":
        """The person of that name, whom the configuration names as administrator from now on."""
        person = self.person(name)
        named = self.installation.rules.administrators | {(self.platform.name, person.address)}
        self.installation = replace(self.installation, rules=replace(self.installation.rules, administrators=named))
        self.receiving = Receiving(self.installation)
        self.working = Working(self.installation, TRADES)
        self.holding = Holding(self.installation)
        return person

    def person(self, name: str, language: str = "de", on: str = "") -> "Person":
        """The person of that name, made on the first call; `on` another platform than the first, by its name."""
        if name not in self.people:
            platform = self.platforms.setdefault(on, Platform(on)) if on else self.platform
            self.people[name] = Person(self, name, str(1001 + len(self.people)), language, platform)
        return self.people[name]

    def maker(self, name: str, text: str = "We open a citizens' office", language: str = "en") -> "Person":
        """A person who has agreed and has registered a pledge, by the workshop's code ABCD2345."""
        person = self.person(name, language)
        person.says("/start ABCD2345")
        person.taps(0)
        person.says(text)
        person.hears()
        return person

    def takes(self, incoming: Incoming) -> Received:
        """Hand something in as an adapter does, and let the bot answer."""
        received = self.receiving.receive(incoming)
        self.work()
        if self.delivers:
            self.deliver()
        return received

    def work(self) -> None:
        """Carry out what has been ordered."""
        while work := self.working.next(self.platform.name):
            content = self.platform.files.get(work.file, b"")
            self.working.conclude(work, work.carry_out(content, lambda done, total: None))

    def next_update(self) -> str:
        """An update's id that was not there before."""
        self._updates += 1
        return str(self._updates)

    def deliver(self) -> list[Letter]:
        """Send whatever can be sent now; gives what was tried."""
        tried = []
        for name in self.platforms:
            while letter := self.delivering.lease(name, EPOCH, ()):
                tried.append(letter)
                self.delivering.settle(letter, EPOCH, self.shows(letter))
        return tried

    def lease(self) -> Letter:
        """Take the next row as a sender does, without sending it."""
        letter = self.delivering.lease(self.platform.name, EPOCH, ())
        assert letter is not None, "Nothing waits."
        return letter

    def shows(self, letter: Letter) -> Delivery:
        """Hand a row that was taken to its platform; what became of it is not recorded yet."""
        message, platform = outgoing(letter), self.platforms[letter.channel]
        if letter.action == EDIT:
            return _result(platform.edit(message, letter.message_id or ""))
        if letter.action == RETRACT:
            return _result(platform.retract(letter.address, letter.message_id or ""))
        return _result(platform.send(message))

    def settle(self, letter: Letter, delivery: Delivery) -> None:
        """What became of a row that was taken."""
        self.delivering.settle(letter, EPOCH, delivery)

    @property
    def next_due(self) -> datetime:
        """When the next question is due."""
        due = self.asking.next_due()
        assert due is not None, "Nothing is due any more."
        return due

    @property
    def sends(self) -> int:
        """How many new messages have been shown, on all platforms."""
        return sum(platform.sends for platform in self.platforms.values())

    def _next(self) -> datetime | None:
        """When the next question or slot is due."""
        return min(filter(None, (self.asking.next_due(), self.broadcasting.next_due())), default=None)

    def announce(self) -> None:
        """Move all broadcasts on, and their cards."""
        while self.broadcasting.place().more:
            pass
        if self.delivers:
            self.deliver()
        self.broadcasting.refresh()
        if self.delivers:
            self.deliver()

    def ask(self) -> None:
        """Ask whoever is due at this moment."""
        while self.asking.ask_due().more:
            pass
        if self.delivers:
            self.deliver()

    def jump(self, days: float = 0, hours: float = 0, minutes: float = 0) -> None:
        """Let that much time pass, with everything that comes due in it; nobody answers meanwhile."""
        self.until(self.clock.now() + timedelta(days=days, hours=hours, minutes=minutes))

    def until(self, moment: datetime | date) -> None:
        """Let time pass until that moment (a day: its beginning, UTC), with everything that comes due in it."""
        end = moment if isinstance(moment, datetime) else datetime.combine(moment, time(), UTC)
        while (due := self._next()) and due <= end:
            self.clock.set(max(due, self.clock.now()))
            self.ask()
            self.announce()
        self.clock.set(end)
        self.tick()

    def tick(self) -> None:
        """All that the bot does by itself at this moment."""
        self.ask()
        self.announce()
        self.promises.remind()
        self.digesting.send()
        self.holding.tell()
        if self.delivers:
            self.deliver()

    def sleeps(self, days: float = 0, hours: float = 0) -> None:
        """The bot is not running for so long: time passes and nothing happens."""
        self.clock.advance(timedelta(days=days, hours=hours))

    def until_asked(self) -> datetime:
        """Let time pass until somebody is written to; gives the moment (UTC). Raises AssertionError if nobody is."""
        before, end = self.sends, self.clock.now() + LONGEST_WAIT
        while (due := self.asking.next_due()) and due <= end:
            self.clock.set(due)
            self.ask()
            if self.sends > before:
                return self.clock.now()
        raise AssertionError("Nobody is asked any more.")


class Person:
    """Somebody with a private chat."""

    def __init__(self, stage: Stage, name: str, address: str, language: str, platform: Platform) -> None:
        self.stage = stage
        self.platform = platform
        self.name = name
        self.address = address
        self.language = language
        self._lines: list[str] = []
        self._heard = 0
        self._noted = 0

    @property
    def chat(self) -> list[Shown]:
        """The bot's messages as they stand in the chat now, edits applied."""
        return self.platform.chat(self.address)

    def incoming(self, text: str = "", kind: Kind = Kind.TEXT, **more: Any) -> Incoming:
        """Something of theirs with a new update id, as an adapter would make it."""
        update = self.stage.next_update()
        values = {"message_id": f"m{update}", "language": self.language} | more
        return Incoming(self.platform.name, update, self.address, self.address, kind, text, **values)

    def says(self, text: str, reply_to: Shown | None = None) -> Incoming:
        """Write to the bot, perhaps in reply to one of its messages."""
        said = self.incoming(text, reply_to=reply_to.id if reply_to else None)
        self._does(text, said)
        return said

    def reacts(self, sign: str, on: Shown | None = None) -> None:
        """Put a sign on the bot's newest message, or on that one."""
        shown = on or self.newest
        told = self.incoming(sign, Kind.REACTION, reply_to=shown.id, message_id=f"{shown.id} {sign}")
        self._does(f"{{{sign}}}", told)

    def takes_back(self, message_id: str) -> None:
        """Take a sign back ("ID SIGN" of the message that it is on) or a message of theirs."""
        self._does("(takes it back)", self.incoming(kind=Kind.RETRACTED, message_id=message_id))

    def edits(self, text: str, said: Incoming | None = None) -> None:
        """Change what they have said, or some message of theirs that nobody knows."""
        more = {"message_id": said.message_id} if said else {}
        self._does(f"(edited) {text}", self.incoming(text, Kind.EDIT, **more))

    def sends(self, kind: Kind, caption: str = "", mime: str = "", content: bytes = b"", name: str = "") -> None:
        """Send a voice message, a file (that has a name), a sticker."""
        file = f"file{len(self.stage.platform.files)}" if mime else ""
        if file:
            self.stage.platform.files[file] = content
        told = self.incoming(caption, kind, file=file, file_mime=mime, file_name=name)
        self._does(f"({kind}) {caption}".rstrip(), told)

    def taps(self, choice: str | int, on: Shown | None = None) -> str:
        """Tap the choice whose label has these words (or stands at this place) on the newest message that has it, or
        on `on`, even if its choices are gone by now. Gives the notice that the tap is answered with."""
        shown, number = self._find(choice, on)
        tap = Tap(shown.message.prompt, number)
        incoming = self.incoming(kind=Kind.TAP, tap=tap, message_id=shown.id)
        return self._does(f"[{shown.offered[number].label}]", incoming).notice

    def blocks(self) -> None:
        """Block the bot; the platform tells it."""
        self.platform.refuse(self.address)
        self._does("(blocks the bot)", self.incoming(kind=Kind.BLOCKED))

    def returns(self) -> None:
        """Unblock the bot; the platform tells it."""
        self.platform.admit(self.address)
        self._does("(unblocks the bot)", self.incoming(kind=Kind.RETURNED))

    def hears(self) -> list[str]:
        """What the bot has written since the last time, as plain text."""
        told = self.platform.told(self.address)[self._heard :]
        self._heard += len(told)
        return [shown.first for shown in told]

    @property
    def newest(self) -> Shown:
        """The bot's newest message."""
        return self.chat[-1]

    def transcript(self) -> str:
        """Everything in order: "> " what they said or tapped, "< " what the bot said, with its choices."""
        self._note()
        return "\n".join(self._lines)

    def _does(self, line: str, incoming: Incoming) -> Received:
        self._note()
        self._lines.append("> " + line.replace("\n", "\n  "))
        received = self.stage.takes(incoming)
        self._note()
        return received

    def _note(self) -> None:
        for shown in self.platform.told(self.address)[self._noted :]:
            self._noted += 1
            buttons = "".join(f"  [{choice.label}]" for choice in shown.offered)
            self._lines.append("< " + shown.first.replace("\n", "\n  ") + buttons)

    def _find(self, choice: str | int, on: Shown | None) -> tuple[Shown, int]:
        for shown in [on] if on else reversed(self.chat):
            choices = shown.offered if on else shown.message.choices
            for number, offered in enumerate(choices):
                if number == choice or (isinstance(choice, str) and choice in offered.label):
                    return shown, number
        raise AssertionError(f"No choice {choice!r} for {self.name}:\n{self.transcript()}")


def _result(coroutine: Coroutine[Any, Any, T]) -> T:
    """What the platform's double gives: it never waits, so that it needs no event loop."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]
    raise AssertionError("The platform's double must not wait.")
