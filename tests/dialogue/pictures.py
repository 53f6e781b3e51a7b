"""The pictures of the organisers' guide: parts of its transcripts, played and drawn as a phone shows them.

In `transcripts/leitfaden_*.txt` a remark `# Bild NAME: PERSON` begins a picture of that person's chat; the next one of
theirs ends it, and any other remark ends all. `python -m tests.dialogue.pictures` draws them anew, after a transcript
has changed. What is drawn stands in the picture as text, too, so that a test can tell whether it is still what the
program says.
"""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL.PngImagePlugin import PngInfo

from adapters.telegram.rendering import keyboard
from bot.service.erasure_list import ErasureList
from bot.service.installation import Installation, Rules
from bot.store.engine import open_engine
from bot.texts import speaker
from scheduler.clock import ManualClock
from tests.databases import Sqlite
from tests.dialogue.chat_picture import Bubble, Day, draw
from tests.dialogue.conversation import FIRST, FOLDER, Line, Played, play, prepare, read
from tests.stage import Stage

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
TRANSCRIPT = "Transcript"
"""Under this name a picture has its words."""
BERLIN = ZoneInfo("Europe/Berlin")
COLOURS = 128
_BEGINS = re.compile(r"Bild (\w+): (\w+)")


@dataclass
class Scene:
    """One picture to be: its name, whose chat it shows, and the entries of that chat as they were played."""

    name: str
    person: str
    lines: list[Line] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Everything that is drawn."""
        return str(Played(self.lines))


def scenes(lines: list[Line]) -> Iterator[Scene]:
    """The pictures of one transcript. Time that passes is drawn by the day of what comes then."""
    begun: dict[str, Scene] = {}
    for line in lines:
        name = line.name or FIRST
        if begins := _BEGINS.fullmatch(line.text) if line.sign == "#" else None:
            if begins[2] in begun:
                yield begun[begins[2]]
            begun[begins[2]] = Scene(begins[1], begins[2])
        elif line.sign == "#":
            yield from begun.values()
            begun.clear()
        elif line.sign in "<>" and name in begun:
            begun[name].lines.append(line)
    yield from begun.values()


def entries(scene: Scene) -> Iterator[Bubble | Day]:
    """What is drawn: a day where it begins, and a tap on the button itself."""
    t, day, offers = speaker("de"), None, []
    for line in scene.lines:
        assert line.at
        local = line.at.astimezone(BERLIN)
        if local.date() != day:
            day = local.date()
            yield Day(str(t.day(day)))
        if line.sign == "<":
            assert line.shown
            markup = keyboard("", line.shown.offered)
            rows = [[button.text for button in row] for row in markup.inline_keyboard] if markup else []
            file = line.shown.original.attachment
            bubble = Bubble(line.shown.original.text, file=file.name if file else "", rows=rows)
            offers.append(bubble)
            yield bubble
        elif tapped := re.fullmatch(r"\[(.+)\]", line.text):
            for bubble in reversed(offers):
                labels = [label for row in bubble.rows for label in row if tapped[1] in label]
                if labels:
                    bubble.tapped.add(labels[0])
                    break
        else:
            yield Bubble(_as_typed(line.text), own=True)


def _as_typed(text: str) -> str:
    """What people see of their own words: of a scanned link no code, of a sheet its name."""
    if text.startswith("/start "):
        return "/start"
    return text.partition("\n")[0].strip("()") if text.startswith("(") else text


def main() -> None:
    """Play the transcripts of the guide and draw their pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        databases = Sqlite(Path(home))
        for path in sorted(FOLDER.glob("leitfaden_*.txt")):
            with databases.fresh() as url:
                engine, clock = open_engine(url, pool_size=2), ManualClock(datetime(2025, 7, 9, 12, tzinfo=UTC))
                rules = Rules(responsible="Stadt Musterhausen")
                stage = Stage(Installation(engine, clock, rules, ErasureList(Path(home) / path.stem)), clock)
                stage.workshop()
                for scene in scenes(play(stage, prepare(stage, path), read(path)).lines):
                    words = PngInfo()
                    words.add_itxt(TRANSCRIPT, scene.words, lang="de")
                    picture = draw(entries(scene)).quantize(COLOURS, kmeans=3)
                    picture.save(PICTURES / f"{scene.name}.png", optimize=True, pnginfo=words)
                engine.dispose()


if __name__ == "__main__":
    main()
