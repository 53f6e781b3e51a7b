"""The people of a workshop: its guests' tempers and pledges, and the two who look after them."""

import asyncio
import random
import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.system.guests import Answers, Guest
from tests.system.phones import LOOK_SECONDS, Phone, Told
from tests.system.rehearsal_cast import DONE_EARLY, POSTPONING, QUICK, SILENT, STOPPING, STUCK, TYPIST

BRIEF: dict[str, Answers] = {
    r"Wenn Sie mögen": [""], r"Was hat geholfen": ["[Nichts weiter]"], r"Soll ich in drei Monaten": ["[Nein]"],
}  # fmt: skip
"""Nothing but what is asked: a chat gets one message a second, and half a year of many people has to pass."""
PROMPT = QUICK | BRIEF | {r"Noch \d+ Tage": ["[Erfüllt]"]}
HASTY = TYPIST | BRIEF | {
    r"Sind Sie einverstanden\?": ["Jaa ich bin einverstandn", "ja"], r"erste Schritt getan": ["jaa"],
    r"Wie steht es um": ["leuft gut", "langsahm aber es geht", "leuft"], r"Noch \d+ Tage": ["erfüllt"],
}  # fmt: skip
LATER = POSTPONING | BRIEF
TEMPERS: tuple[dict[str, Answers], ...] = (
    QUICK, STUCK | BRIEF, TYPIST, PROMPT, STUCK | BRIEF, SILENT, PROMPT, HASTY, DONE_EARLY | BRIEF, PROMPT, STOPPING,
    LATER, PROMPT, HASTY, PROMPT,
)  # fmt: skip
"""Every fifteen people are of these tempers."""
PLEDGES = (
    "Wir eröffnen ein Bürgerbüro im alten Bahnhof.", "Unser Verein stellt Mitfahrbänke an die Landstraßen im Kreis.",
    "wir laden jeden monat zu einer offenen sprechstunde ein", "Wir entsiegeln den Schulhof der Grundschule.",
    "Wir bringen die Vereine an einen Tisch.", "Ich schaffe sieben Formulare ab.",
    "Wir geben jeder Familie eine Patin oder einen Paten.", "wir pflanzen 300 beume",
    "Wir legen einen Radweg zum Bahnhof an.", "Wir öffnen die Turnhalle am Wochenende.", "Wir bauen den Jugendclub um.",
    "Wir veröffentlichen die Wartezeiten im Wohngeldamt.", "Wir gründen einen Seniorenbeirat.",
    "Ich lade drei Bürgermeisterinnen in den Ausschuss ein", "Wir richten einen Reparaturtreff ein.",
)  # fmt: skip
PLACES = ("Eutin", "Plön", "Wedel", "Husum")


@dataclass
class Organiser:
    """Somebody of the team, who does one thing after the other. `mine` says which calls they take, by the number of
    the pledge."""

    phone: Phone
    mine: Callable[[str], bool]
    helped: list[str] = field(default_factory=list)
    wishes: deque[tuple[str, str, str]] = field(default_factory=deque)
    """What they will announce: the words, until when it is of use, and the words that it is corrected to, if any."""
    _read: int = 0

    async def joins(self, links: Mapping[str, str], code: str) -> None:
        """Come into the team with a one-time code."""
        await self.phone.scans(links, code)
        await self.phone.taps("Ja, einverstanden", await self.phone.hears("Sind Sie einverstanden?", 0))
        await self.phone.hears("Sie gehören jetzt zum Team", 0)

    async def opens_the_count(self) -> Told:
        """The message that counts."""
        card = await self.after("werkstatt", "Code:")
        since = self.phone.end
        await self.phone.taps("Zähler", card)
        return await self.phone.hears("dabei", since)

    async def works(self, over: asyncio.Event) -> None:
        """Help whoever calls, release what others ask for, and announce what there is to announce."""
        while not over.is_set():
            if self._read < self.phone.end:
                [told] = self.phone.told(self._read)[:1]
                self._read += 1
                if found := re.search(r"(?:Ein neuer Hilferuf: )(\w{3}-\d{3})", told.text):
                    if self.mine(found[1]):
                        await self._help(found[1], told)
                elif "Freigeben" in told.choices and "Nicht freigeben" in told.choices:
                    await self.phone.taps("Freigeben", told)
            elif self.wishes:
                await self._announce(*self.wishes.popleft())
            else:
                await asyncio.sleep(LOOK_SECONDS)

    async def after(self, command: str, words: str) -> Told:
        """What the bot answers with these words to a command."""
        since = self.phone.end
        await self.phone.commands(command)
        return await self.phone.hears(words, since)

    async def _chooses(self, label: str, told: Told, words: str) -> Told:
        since = self.phone.end
        await self.phone.taps(label, told)
        return await self.phone.hears(words, since)

    async def _help(self, reference: str, call: Told) -> None:
        card = await self._chooses("Ich übernehme", call, "Sie kümmern sich darum.")
        await self._chooses("Schreiben", card, "Was Sie jetzt schreiben")
        since = self.phone.end
        await self.phone.says(f"Guten Tag, hier ist {self.phone.name} vom Team. Wir rufen dort morgen an.")
        await self.phone.hears("Antwort:", since)
        card = await self.after("hilferufe", reference)
        card = await self._chooses(next(one for one in card.choices if reference in one), card, "Sie kümmern sich")
        await self._chooses("Abschließen", card, "abgeschlossen")
        self.helped.append(reference)

    async def _announce(self, words: str, until: str, corrected: str) -> None:
        await self.after(f"ansage {words}", "Bis zu welchem Tag")
        since = self.phone.end
        await self.phone.says(until)
        preview = await self._chooses("Weiter zur Vorschau", await self.phone.hears("An wen?", since), "So kommt es")
        if corrected:
            preview = await self._chooses("Dringend", preview, "So kommt es")
            await self.phone.taps("Freigabe erbitten", preview)
        else:
            await self.phone.taps("Freigeben", preview)
        done = await self.phone.hears("Fertig: ", since, timeout=120)
        if corrected:
            await self._chooses("Berichtigen", done, "Wie soll es heißen?")
            since = self.phone.end
            await self.phone.says(corrected)
            await self.phone.hears("Berichtigt: ", since, timeout=60)


def guests(phones: Sequence[Phone], until: str) -> list[Guest]:
    """A guest for each phone: every temper, every pledge, on every platform. `until` ends what they promise; who has
    little time until then is brief."""
    brief = BRIEF if until else {}
    return [
        Guest(phone, _pledge(number).rstrip(".") + until, TEMPERS[number % len(TEMPERS)] | brief, random.Random(number))
        for number, phone in enumerate(phones)
    ]


def _pledge(number: int) -> str:
    return PLEDGES[number % len(PLEDGES)].replace("im Kreis", f"im Kreis {PLACES[number % len(PLACES)]}")
