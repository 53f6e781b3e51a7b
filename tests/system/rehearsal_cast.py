"""People of every temper for a live rehearsal on Telegram and on Matrix, and what comes of their pledges."""

import random
from collections.abc import Iterable
from typing import NamedTuple

from tests.homeserver import Homeserver
from tests.system.guests import GOES, INVITES, Answers, Guest
from tests.system.phones import OnMatrix, OnTelegram
from tests.telegram_server import TelegramServer

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
    r"erste Schritt getan": ["[Später]", "[Später]", "[Ja, getan]"],
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
GOING: dict[str, Answers] = {r"erste Schritt getan": [GOES]}
CHANGING: dict[str, Answers] = QUICK | {
    r"so habe ich es notiert": ["/aendern"], r"Was soll sich an": ["[Termin]"],
    r"Bis wann soll es nun gelten": ["Ende November"],
}  # fmt: skip
INVITING: dict[str, Answers] = QUICK | {r"so habe ich es notiert": ["/partner Bauhof"], r"^Einladung": [INVITES]}
INVITING_SILENTLY: dict[str, Answers] = {
    r"so habe ich es notiert": ["/partner Heimatverein"], r"^Einladung": [INVITES], r"Was ist aus": ["[Zum Teil]"],
}  # fmt: skip
PARTNER: dict[str, Answers] = {
    r"dabei sind\.": ["/update"],
    r"Wie steht es um|Wissen Sie, wie es steht": ["[🟢 Läuft]", "[🟡 Langsamer]", "[🟢 Läuft]"],
    r"Wenn Sie mögen": ["Die ersten fünf Bänke sind bestellt.", ""],
    r"Bisher liest es nur das Team": ["[Auch den anderen zeigen]"],
}


class Part(NamedTuple):
    """Who it is, on which platform, what they promise and how they answer; what comes of it as the store says it (None:
    nothing is known); how many seconds they think; and who joins them, being of the manner of `PARTNER`."""

    name: str
    platform: str
    pledge: str
    manner: dict[str, Answers]
    outcome: str | None = None
    seconds: float = 0.0
    friend: tuple[str, str] | None = None


T, M = "telegram", "matrix"
CAST = (
    Part("Petra Brandt", T, "Wir eröffnen ein Bürgerbüro im alten Bahnhof.", QUICK, "kept"),
    Part("Ulrike Sommer", M, "wir laden jeden monat zu einer offenen sprechstunde ein", TYPIST, "partly"),
    Part("Cem Aydın", T, "Unser Verein stellt Mitfahrbänke an die Landstraßen im Kreis.", STUCK, "differently"),
    Part("Hans Stumm", T, "Wir entsiegeln den Schulhof der Grundschule.", SILENT),
    Part("Ines Halt", T, "Wir bringen die Vereine an einen Tisch.", STOPPING),
    Part("Dirk Weg", T, "Ich schaffe sieben Formulare ab.", DELETING),
    Part("Susi Später", T, "Wir geben jeder Familie eine Patin oder einen Paten.", POSTPONING, "partly"),
    Part("Lars Langsam", T, "Wir pflanzen 300 Bäume bis Mitte Dezember.", QUICK, "kept", 1.5),
    Part("Vera Weiter", T, "Wir bauen den Jugendclub um.", EXTENDING, "kept"),
    Part("Frank Fertig", T, "Wir veröffentlichen die Wartezeiten im Wohngeldamt.", DONE_EARLY, "kept"),
    Part("Paula Pause", T, "Wir legen einen Radweg zum Bahnhof an.", PAUSING, "kept"),
    Part("Otto Wach", T, "Ich lade drei Bürgermeisterinnen in den Ausschuss ein.", WAKING, "kept"),
    Part("Bea Block", T, "Wir öffnen die Turnhalle am Wochenende.", GOING),
    Part("Mona Montag", T, "Wir gründen einen Seniorenbeirat bis Ende Oktober.", QUICK, "kept"),
    Part("Karl Knapp", T, "Wir schaffen bis Ende Juli einen Trinkbrunnen.", QUICK, "kept"),
    Part("Jan Jein", T, "Wir senken die Fahrpreise für Azubis.", STUCK, "differently", 0.8),
    Part("Nora Neu", T, "Wir bieten Sprachpatenschaften an.", TYPIST, "partly", 0.5),
    Part("Jule Baum", T, "Wir stellen 20 Mitfahrbänke auf.", INVITING, "kept", friend=("Bernd Bauhof", M)),
    Part("Rita Ruhe", M, "Wir richten einen Reparaturtreff ein.", SILENT),
    Part("Erik Eile", M, "Wir stellen bis 31.12. alle Laternen auf LED um.", QUICK, "kept"),
    Part("Tim Termin", M, "Wir räumen die Uferwege frei.", CHANGING, "kept"),
    Part("Stefan Steck", M, "Wir holen den Bürgerbus ins Dorf.", STUCK, "differently"),
    Part("Lea Lang", M, "Wir tauschen Werkzeug in der Nachbarschaft.", POSTPONING, "partly", 0.5),
    Part("Anke Aus", M, "Wir öffnen das Archiv für Schulklassen.", STOPPING),
    Part("Gerd Geht", M, "Wir laden das Dorf zum Mittagstisch ein.", GOING),
    Part("Wanda Winter", M, "Wir bauen eine Bücherzelle.", PAUSING, "kept"),
    Part("Ada Acker", M, "Wir legen einen Gemeinschaftsgarten an.", INVITING_SILENTLY, "partly",
         friend=("Hugo Heimat", T)),
    Part("Ole Ohne", M, "Wir schreiben alle Briefe in einfacher Sprache.", EXTENDING, "kept"),
)  # fmt: skip


async def guests(parts: Iterable[Part], telegram: TelegramServer, homeserver: Homeserver) -> list[Guest]:
    """Each of them with their phone; friends come after those who invite them."""

    async def guest(name: str, platform: str, pledge: str, manner: dict[str, Answers], seconds: float) -> Guest:
        phone = OnTelegram(name, telegram) if platform == T else await OnMatrix.register(name, homeserver)
        return Guest(phone, pledge, manner, random.Random(name), seconds)

    everyone = []
    for part in parts:
        everyone.append(await guest(part.name, part.platform, part.pledge, part.manner, part.seconds))
        if part.friend:
            everyone[-1].friend = friend = await guest(*part.friend, "", PARTNER, 0.0)
            everyone.append(friend)
    return everyone
