"""The organisers' guide shows and says what the program does: its pictures are parts of conversations that
`test_conversations` plays word for word."""

import re

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from bot.dialogue.commands import BY_NAME
from bot.texts import catalogue
from tests.dialogue.chat_picture import FONTS, SIGNS, WIDTH
from tests.dialogue.conversation import FOLDER, read
from tests.dialogue.pictures import PICTURES, TRANSCRIPT, Scene, scenes

GUIDE = (PICTURES.parent / "organisers.md").read_text(encoding="utf-8")
SCENES = [scene for path in sorted(FOLDER.glob("leitfaden_*.txt")) for scene in scenes(read(path))]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_picture_shows_what_is_said(scene: Scene) -> None:
    with Image.open(PICTURES / f"{scene.name}.png") as picture:
        told = picture.info[TRANSCRIPT]
        assert picture.width == 2 * WIDTH
    assert told == scene.words, "python -m tests.dialogue.pictures draws it anew"
    assert "…" not in scene.words.replace(" …", "")  # anything could stand there


def test_the_guide_shows_every_picture_once() -> None:
    shown = re.findall(r'<img src="pictures/(\w+)\.png" width="360" alt="[^"]+">', GUIDE)
    assert sorted(shown) == sorted(scene.name for scene in SCENES) == sorted(path.stem for path in PICTURES.iterdir())


def test_the_font_has_every_letter() -> None:
    letters = set("".join(scene.words for scene in SCENES)) - SIGNS.keys() - {"\n"}
    for file in FONTS.glob("*.ttf"):
        with TTFont(file) as font:
            assert {letter for letter in letters if ord(letter) not in font.getBestCmap()} == set()


def test_commands_buttons_and_quotations_are_the_programs() -> None:
    german = {str(message.string) for message in catalogue.translated("de") if isinstance(message.string, str)}
    names = re.findall(r"`[/!](\w+)`", GUIDE)
    assert names and set(names) <= BY_NAME.keys()
    said = re.findall(r"`\[(.+?)\]`", GUIDE) + re.findall(r"„(.+?)“", GUIDE)
    assert [words for words in said if words not in german and not any(words in one for one in german)] == []
