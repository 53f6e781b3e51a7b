"""People of every temper in a live rehearsal, each with their own way of answering, for half a year in a minute."""

import asyncio
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.telegram_server import Message, Person, TelegramServer

Answers = Sequence[str]
"""What is answered the first time, the second time …; the last one from then on. In brackets: tapped. "": nothing."""

JOINING: dict[str, Answers] = {
    r"Sind Sie einverstanden\?": ["[Ja, einverstanden]"],
    r"Wann soll ich wieder fragen\?": ["1"],
    r"Darf das Ergebnis auch anderen gezeigt werden\?": ["[Ja, mit Namen]"],
    r"Soll ich in drei Monaten": ["[Nein]"],
    r"Noch \d+ Tage": [""],
}
"""What everybody does who does nothing else."""
QUICK: dict[str, Answers] = {
    r"erste Schritt getan": ["[Ja, getan]"],
    r"Wie steht es um": ["[🟢 Läuft]", "[🟢 Läuft]", "[🟡 Langsamer]", "[🟢 Läuft]"],
    r"Wenn Sie mögen": ["Der Mietvertrag ist unterschrieben.", "", "Die Handwerker kommen erst im Herbst.", ""],
    r"Wie zuversichtlich": ["[Sehr]"],
    r"Was ist aus": ["[Erfüllt]"],
    r"Was hat geholfen": ["Dass alle an einem Tisch saßen."],
    r"Soll ich in drei Monaten": ["[Ja, gern]"],
    r"Was ist geblieben": ["1"],
}
TYPIST: dict[str, Answers] = {
    r"Sind Sie einverstanden\?": ["na klar", "ja"],
    r"erste Schritt getan": ["nein noch nich"],
    r"Wie steht es um": ["leuft", "Also ehrlich gesagt: hängt.", "3", "LÄUFT WIEDER"],
    r"Woran hängt es": ["Das Landratsamt antwortet nicht."],
    r"Soll das Team": ["nur notieren", "ja bitte"],
    r"Wie zuversichtlich": ["geht so"],
    r"Das habe ich nicht ganz verstanden": ["1"],
    r"Was ist aus": ["teilweise"],
    r"Was hat geholfen": ["Geduld. Und der Hausmeister."],
    r"Darf das Ergebnis": ["ja aber ohne namen"],
    r"Soll ich in drei Monaten": ["nö"],
}
STUCK: dict[str, Answers] = QUICK | {
    r"erste Schritt getan": ["[Noch nicht]"],
    r"Wie steht es um": ["[🔴 Hängt fest]", "[🔴 Hängt fest]", "[🟡 Langsamer]", "[🟢 Läuft]"],
    r"Woran hängt es": ["Uns fehlt ein Fahrer.", "Immer noch kein Fahrer."],
    r"Soll das Team": ["[Ja, bitte helfen]", "[Nur notieren]"],
    r"Was ist aus": ["[Anders gelöst]"],
}
POSTPONING: dict[str, Answers] = QUICK | {
    r"erste Schritt getan": ["[Später]"],
    r"Wie steht es um": ["[Später]", "[🟢 Läuft]", "später", "[🟢 Läuft]"],
    r"Was ist aus": ["[Später]", "[Zum Teil]"],
    r"Soll ich in drei Monaten": ["[Nein]"],
}
EXTENDING: dict[str, Answers] = QUICK | {
    r"Was ist aus": ["[Läuft weiter (neuer Termin)]", "[Erfüllt]"],
    r"(?i)bis wann|neue[rn]? Termin\?|Wann soll": ["in sechs Wochen"],
    r"(?i)Warum|Grund|Woran liegt": ["Der Aufzug kommt erst im Frühjahr."],
}
STOPPING: dict[str, Answers] = {r"erste Schritt getan": ["[Ja, getan]"], r"Wie steht es um": ["stop"]}
DELETING: dict[str, Answers] = {
    r"erste Schritt getan": ["[Ja, getan]"], r"Wie steht es um": ["[🟢 Läuft]", "/loeschen"],
    r"Soll ich alles löschen": ["[Ja, alles löschen]"],
}  # fmt: skip
DONE_EARLY: dict[str, Answers] = QUICK | {r"Wie steht es um": ["[🟢 Läuft]", "[✅ Geschafft]"]}
PAUSING: dict[str, Answers] = QUICK | {r"erste Schritt getan": ["/pause 15.09.2025"]}
SILENT: dict[str, Answers] = {}
WAKING: dict[str, Answers] = {r"Wie soll ich weitermachen": ["[Jeden Monat]"], r"Was ist aus": ["[Erfüllt]"]}
BLOCKING: dict[str, Answers] = {r"erste Schritt getan": ["!blocks"]}

CAST: tuple[tuple[str, str, dict[str, Answers], float], ...] = (
    ("Petra Brandt", "Wir eröffnen ein Bürgerbüro im alten Bahnhof.", QUICK, 0.0),
    ("Ulrike Sommer", "wir laden jeden monat zu einer offenen sprechstunde ein", TYPIST, 0.0),
    ("Hans Stumm", "Wir entsiegeln den Schulhof der Grundschule.", SILENT, 0.0),
    ("Cem Aydın", "Unser Verein stellt 20 Mitfahrbänke an die Landstraßen im Kreis.", STUCK, 0.0),
    ("Ines Halt", "Wir bringen die Vereine an einen Tisch.", STOPPING, 0.0),
    ("Dirk Weg", "Ich schaffe sieben Formulare ab.", DELETING, 0.0),
    ("Susi Später", "Wir geben jeder Familie eine Patin oder einen Paten.", POSTPONING, 0.0),
    ("Lars Langsam", "Wir pflanzen 300 Bäume bis Mitte Dezember.", QUICK, 1.5),
    ("Vera Weiter", "Wir bauen den Jugendclub um.", EXTENDING, 0.0),
    ("Frank Fertig", "Wir veröffentlichen die Wartezeiten im Wohngeldamt.", DONE_EARLY, 0.0),
    ("Paula Pause", "Wir legen einen Radweg zum Bahnhof an.", PAUSING, 0.0),
    ("Otto Wach", "Ich lade drei Bürgermeisterinnen in den Ausschuss ein.", WAKING, 0.0),
    ("Bea Block", "Wir öffnen die Turnhalle am Wochenende.", BLOCKING, 0.0),
    ("Mona Montag", "Wir gründen einen Seniorenbeirat bis Ende Oktober.", QUICK, 0.0),
    ("Karl Knapp", "Wir schaffen in drei Wochen einen Trinkbrunnen.", QUICK, 0.0),
    ("Rita Ruhe", "Wir richten einen Reparaturtreff ein.", SILENT, 0.0),
    ("Jan Jein", "Wir senken die Fahrpreise für Azubis.", STUCK, 0.8),
    ("Nora Neu", "Wir bieten Sprachpatenschaften an.", TYPIST, 0.5),
    ("Erik Eile", "Wir stellen bis 31.12. alle Laternen auf LED um.", QUICK, 0.0),
)
"""Who they are, what they promise, how they answer, and how many seconds of real time they take for it."""


@dataclass
class Somebody:
    """One of them, with their phone."""

    server: TelegramServer
    person: Person
    pledge: str
    manner: dict[str, Answers]
    seconds: float
    chance: random.Random
    _times: dict[str, int] = field(default_factory=dict)
    _read: int = 0

    async def live(self, code: str, over: asyncio.Event) -> None:
        """Scan the code, and answer whatever comes until it is over."""
        self.person.says(f"/start {code}")
        while not over.is_set():
            messages = self.person.home.messages
            if self._read == len(messages):
                await asyncio.sleep(0.02)
                continue
            message = messages[self._read]
            self._read += 1
            if message.from_bot and not message.deleted:
                await self._answer(message)

    async def _answer(self, message: Message) -> None:
        answer = self._chosen(message.text)
        if not answer:
            return
        if "einverstanden" not in message.text and "vorgenommen" not in message.text:
            await asyncio.sleep(self.chance.uniform(0.5, 1.5) * self.seconds)
        if answer == "!blocks":
            self.person.blocks()
        elif answer.startswith("["):
            label = answer.strip("[]")
            if label in message.buttons:
                self.person.taps(label, message)
        else:
            self.person.says(answer)

    def _chosen(self, text: str) -> str:
        if "Was haben Sie sich vorgenommen?" in text:
            return self.pledge
        for pattern, answers in (self.manner | {key: JOINING[key] for key in JOINING.keys() - self.manner}).items():
            if re.search(pattern, text):
                times = self._times[pattern] = self._times.get(pattern, 0) + 1
                return answers[min(times, len(answers)) - 1]
        return ""
