"""Invented people: what they promise, and how they answer. Always the same ones for the same seed."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from bot.domain.land import Land
from bot.domain.quiet_times import Window

PROMISES = (
    "Wir eröffnen ein Bürgerbüro im alten Bahnhof.", "Wir richten zwanzig Mitfahrbänke ein.",
    "Wir laden jeden Monat zu einer offenen Sprechstunde ein.", "Wir entsiegeln den Schulhof der Grundschule.",
    "Wir bringen die Vereine an einen Tisch.", "Wir schaffen sieben Formulare ab.",
    "Ich lade drei Bürgermeisterinnen in den Ausschuss ein.", "Wir geben jeder Familie eine Patin oder einen Paten.",
)  # fmt: skip
LAENDER = tuple(land for land in Land if land is not Land.BUND)


@dataclass(frozen=True, slots=True)
class Manner:
    """How somebody answers: after how many hours at least and at most, how likely at all, how likely with "Später",
    and whether they take a leave of some weeks."""

    name: str
    hours: tuple[float, float]
    answers: float = 1.0
    puts_off: float = 0.0
    leaves: bool = False


QUICK = Manner("quick", (0.05, 2))
SLOW = Manner("slow", (24, 24 * 9), answers=0.85, puts_off=0.15)
SILENT = Manner("silent", (0, 0), answers=0.0)
ON_LEAVE = Manner("on leave", (1, 48), answers=0.95, leaves=True)
MANNERS, SHARES = (QUICK, SLOW, SILENT, ON_LEAVE), (50, 25, 15, 10)


@dataclass
class Pledge:
    """What somebody promises at a workshop: its letters, the words, and their own date if they name one."""

    letters: str
    text: str
    due: date | None = None
    partner: "Somebody | None" = None


@dataclass
class Somebody:
    """One invented person. `leave` is the day on which they begin it, and the day until which it lasts."""

    address: str
    manner: Manner
    window: Window
    weekday: int
    land: Land
    pledges: list[Pledge] = field(default_factory=list)
    leave: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A workshop."""

    letters: str
    name: str
    day: date
    land: Land


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, and where they met."""

    events: tuple[Event, ...]
    people: tuple[Somebody, ...]


def cast(pledges: int, start: date, chance: Random) -> Cast:
    """So many pledges, four of five made at the workshop of `start` and the others at regional ones in the three months
    after it, by some four people for every five of them."""
    regional = [
        Event(f"R{letter}", f"Werkstatt {land.label}", start + timedelta(days=chance.randint(7, 90)), land)
        for letter, land in zip("ABCDEFGH", chance.sample(LAENDER, 8), strict=True)
    ]
    events = (Event("BER", "Werkstatt der Mutigen", start, Land.BE), *regional)
    people: list[Somebody] = []
    for number in range(pledges):
        event = events[0] if number % 5 else chance.choice(regional)
        again = people and chance.random() < 0.2
        somebody = chance.choice(people) if again else _somebody(len(people) + 1, start, chance)
        if not again:
            people.append(somebody)
        due = event.day + timedelta(days=chance.randint(20, 300)) if chance.random() < 0.3 else None
        made = Pledge(event.letters, chance.choice(PROMISES), due)
        if chance.random() < 0.25 and len(people) > 1:
            made.partner = chance.choice([other for other in people if other is not somebody])
        somebody.pledges.append(made)
    return Cast(events, tuple(people))


def _somebody(number: int, start: date, chance: Random) -> Somebody:
    [manner] = chance.choices(MANNERS, SHARES)
    somebody = Somebody(
        address=str(number), manner=manner, window=chance.choice(list(Window)), weekday=chance.choice((1, 2, 3)),
        land=chance.choice(LAENDER),
    )  # fmt: skip
    if manner.leaves:
        begins = start + timedelta(days=chance.randint(20, 150))
        somebody.leave = begins, begins + timedelta(days=chance.randint(10, 45))
    return somebody
