"""Every file in `transcripts/` is played word for word, on the whole engine and a calendar in hand.

ABCD2345 is the code of the workshop, TEAM2345 and TEAM6789 invite into its team, once each. In files ending in
`_verwaltung` the person is an administrator by the configuration; in those ending in `_en` they speak English.
"""

from pathlib import Path

import pytest

from tests.dialogue.conversation import FOLDER, Line, agrees, play, prepare, read
from tests.stage import Stage


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_conversation(path: Path, stage: Stage) -> None:
    language = prepare(stage, path)
    expected = read(path)
    played = play(stage, language, expected)
    if not agrees(expected, played.lines):
        raise AssertionError(f"{path.name} goes differently:\n{played}")


def test_a_wrong_word_is_noticed() -> None:
    really = [Line(">", "hallo"), Line("<", "Guten Tag, hier ist Worthalten.")]
    assert agrees([Line(">", "hallo"), Line("<", "Guten Tag…")], really)
    assert not agrees([Line(">", "hallo"), Line("<", "Gute Nacht…")], really)
    assert not agrees([Line(">", "hallo")], really)
    assert not agrees([really[0], Line("<", "Guten Tag…", "Bernd")], really)
