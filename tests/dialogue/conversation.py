"""Conversations as files that the people who have them can read and correct.

    > what somebody writes             > [Läuft]     a choice that they tap
    < what the bot answers, "…" for anything, its choices below in brackets, "(Bild)" before what stands under one
    ~ how they change the last message that they wrote
    = the notice that a tap gets       * 30 Tage     time passes; `* Frage` passes until the next question
    > (Foto) Wort      a photo with these words under it, or none
    > {👍}   a sign on the newest message with choices; `{👍} (zurück)` takes it back
    > (liste.csv)   a sheet that they send, its rows below
    # a remark

Several people are told apart by their names: `Bernd> hallo`, `Bernd< Guten Tag …`; without a name it is Petra.
`Petra@Matrix>` is another chat, on another platform. `{code}` stands for the last code that the bot has shown.

A line that begins with two blanks goes on with the one above.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from bot.dialogue.message import Kind
from tests.messenger import Shown
from tests.stage import Person, Stage

FOLDER = Path(__file__).parent / "transcripts"
FIRST = "Petra"
PHOTO = (FOLDER / "hall.png").read_bytes()
KNOWN = ("ABCD2345", "TEAM2345", "TEAM6789")
_LINE = re.compile(r"([\w@]*)([><=*#~]) (.*)")
_CODE = re.compile(r"(?<![\w-])[2-9A-HJ-NP-Z]{8}(?![\w-])")


@dataclass
class Line:
    """One entry of a conversation: its sign, its words, and whose it is ("" for the first person). Where it was
    played: the message behind it, and the instant (UTC)."""

    sign: str
    text: str
    name: str = ""
    shown: Shown | None = None
    at: datetime | None = None


@dataclass
class Played:
    """What came of playing a conversation: the entries as they really were."""

    lines: list[Line] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(f"{line.name}{line.sign} " + line.text.replace("\n", "\n  ") for line in self.lines) + "\n"


def read(path: Path) -> list[Line]:
    """The entries of a file."""
    lines: list[Line] = []
    for raw in path.read_text(encoding="utf-8").splitlines():
        if found := _LINE.fullmatch(raw):
            lines.append(Line(found[2], found[3], found[1]))
        elif lines:
            lines[-1].text += "\n" + raw.removeprefix("  ")
    for line in lines:
        line.text = line.text.rstrip("\n")
    return lines


def prepare(stage: Stage, path: Path) -> str:
    """What there is before the conversation in this file begins: the codes, and who Petra is. Gives the language."""
    for code in KNOWN[1:]:
        stage.team_code(code)
    if path.stem.endswith("_verwaltung"):
        stage.appoint(FIRST)
    return "en" if path.stem.endswith("_en") else "de"


def play(stage: Stage, language: str, lines: list[Line]) -> Played:
    """Say and tap what the people do, and note down what the bot answers: first to whoever did something."""
    played = Played()
    people = {"": stage.person(FIRST, language)}
    said = None
    for line in lines:
        if line.name not in people:
            people[line.name] = stage.person(line.name, language, on=line.name.partition("@")[2].lower())
        person, notice = people[line.name], ""
        match line.sign:
            case ">" if tapped := re.fullmatch(r"\[(.+)\](?: \(alt\))?", line.text):
                old = _last_offer(person, tapped[1]) if line.text.endswith("(alt)") else None
                notice = person.taps(tapped[1], on=old)
            case ">" if sign := re.fullmatch(r"\{([^a-z]+)\}( \(zurück\))?", line.text):
                asked = next(shown for shown in reversed(person.platform.told(person.address)) if shown.offered)
                person.takes_back(f"{asked.id} {sign[1]}") if sign[2] else person.reacts(sign[1], asked)
            case ">" if photo := re.fullmatch(r"\(Foto\) ?(.*)", line.text):
                person.sends(Kind.FILE, photo[1], "image/jpeg", PHOTO)
            case ">" if sheet := re.fullmatch(r"\((\S+\.csv)\)\n(.+)", line.text, re.DOTALL):
                person.sends(Kind.FILE, mime="text/csv", content=sheet[2].encode(), name=sheet[1])
            case ">":
                said = person.says(line.text.replace("{code}", _last_code(people)))
            case "~":
                person.edits(line.text, said)
            case "*" if line.text == "Frage":
                stage.until_asked()
            case "*":
                amount, unit = line.text.split()
                stage.jump(**{"days" if unit.startswith("Tag") else "minutes": int(amount)})
            case "<" | "=":
                continue
        now = stage.clock.now()
        played.lines.append(replace(line, at=now))
        for name in sorted(people, key=lambda name: name != line.name):
            played.lines += [Line("<", shown_as(shown), name, shown, now) for shown in _new(people[name])]
        if notice:
            played.lines.append(Line("=", notice, line.name))
    return played


def shown_as(shown: Shown) -> str:
    """A message as it stands in a file."""
    choices = " ".join(f"[{choice.label}]" for choice in shown.offered)
    picture = "(Bild) " if shown.message.attachment and shown.message.attachment.mime.startswith("image/") else ""
    return picture + shown.first + (f"\n{choices}" if choices else "")


def agrees(expected: list[Line], really: list[Line]) -> bool:
    """Whether the entries are the same; "…" stands for anything."""
    same_length = len(expected) == len(really)
    return same_length and all(
        (want.sign, want.name) == (have.sign, have.name)
        and re.fullmatch(".*?".join(map(re.escape, want.text.split("…"))), have.text, re.DOTALL)
        for want, have in zip(expected, really, strict=True)
    )


def _new(person: Person) -> list[Shown]:
    told = person.platform.told(person.address)
    return told[len(told) - len(person.hears()) :]


def _last_offer(person: Person, label: str) -> Shown:
    """The newest message that ever offered this choice, even if its buttons are gone."""
    told = person.platform.told(person.address)
    return next(shown for shown in reversed(told) if any(label in choice.label for choice in shown.offered))


def _last_code(people: dict[str, Person]) -> str:
    """The code in the newest message that has one."""
    told = [shown.first for person in people.values() for shown in person.platform.told(person.address)]
    found = [code for text in told for code in _CODE.findall(text) if code not in KNOWN]
    return found[-1] if found else ""
