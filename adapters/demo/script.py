"""The scripted half-year: three people, quick, stuck and silent, with typing errors and changes of mind.

A step is somebody's words, or time that passes until the bot asks somebody something.
"""

from dataclasses import dataclass

from adapters.demo.stage import CODE


@dataclass(frozen=True, slots=True)
class Says:
    """What somebody types."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class UntilAsked:
    """Time passes until this person is asked something; what others are asked meanwhile is shown, too."""

    name: str


@dataclass(frozen=True, slots=True)
class UntilQuiet:
    """Time passes until nothing is left to ask."""


Step = Says | UntilAsked | UntilQuiet

PETRA, CEM, OFFICE = "Petra Brandt", "Cem Aydın", "Büro Dr. Sommer"

SCRIPT: tuple[Step, ...] = (
    Says(PETRA, f"/start {CODE}"),
    Says(PETRA, "Ja, einverstanden"),
    Says(PETRA, "Wir eröffnen bis Ende Oktober ein Bürgerbüro im alten Bahnhof."),
    Says(PETRA, "ergänzen"),
    Says(PETRA, "Ort"),
    Says(PETRA, "Malchin, Mecklenburg-Vorpommern"),
    Says(PETRA, "nichts weiter"),
    Says(CEM, f"/start {CODE}"),
    Says(CEM, "ja"),
    Says(CEM, "Unser Verein bringt 20 Mitfahrbänke an die Landstraßen im Kreis."),
    Says(OFFICE, f"/start {CODE}"),
    Says(OFFICE, "ja klar"),
    Says(OFFICE, "Ich lade drei Bürgermeisterinnen zur Anhörung in den Ausschuss ein."),
    UntilAsked(PETRA),
    Says(PETRA, "ja"),
    Says(PETRA, "Der Mietvertrag ist unterschrieben."),
    Says(CEM, "noch nicht"),
    UntilAsked(PETRA),
    Says(PETRA, "leuft"),
    UntilAsked(CEM),
    Says(CEM, "hängt"),
    Says(CEM, "Das Straßenbauamt antwortet seit sechs Wochen nicht."),
    Says(CEM, "ja bitte"),
    UntilAsked(PETRA),
    Says(PETRA, "2"),
    Says(PETRA, "/aendern"),
    Says(PETRA, "Termin"),
    Says(PETRA, "Mitte Dezember"),
    Says(PETRA, "Die Brandschutzauflagen kamen spät."),
    UntilAsked(CEM),
    Says(CEM, "später"),
    Says(CEM, "1"),
    UntilAsked(CEM),
    Says(CEM, "läuft wieder, das Amt hat zugesagt"),
    UntilAsked(PETRA),
    Says(PETRA, "1"),
    Says(PETRA, "sehr"),
    UntilAsked(CEM),
    Says(CEM, "geschafft!"),
    Says(CEM, "erfüllt"),
    Says(CEM, "Das Team hat uns mit der richtigen Person im Amt zusammengebracht."),
    Says(CEM, "ja, mit Namen"),
    Says(CEM, "ja, gern"),
    UntilAsked(PETRA),
    Says(PETRA, "hengt"),
    Says(PETRA, "Der Aufzug kommt erst im Frühjahr."),
    Says(PETRA, "nein"),
    UntilAsked(PETRA),
    UntilAsked(PETRA),
    Says(PETRA, "zum teil"),
    Says(PETRA, "Das Büro ist offen, der Aufzug fehlt noch."),
    Says(PETRA, "ja, mit Namen"),
    Says(PETRA, "nein"),
    Says(PETRA, "/status"),
    UntilAsked(CEM),
    Says(CEM, "1"),
    UntilQuiet(),
)
