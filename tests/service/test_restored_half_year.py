"""In the middle of a half-year yesterday comes back: a day with questions, answers, an announcement and an erasure is
gone, and an administrator decides in the chat what becomes of what was due."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.service.backing_up import BackingUp
from bot.service.holding import Holding
from bot.service.installation import Installation
from bot.service.restoring import Restored, restore
from tests.service.looking import Look
from tests.service.test_rights import join_team
from tests.stage import Person, Stage

NAMES = ("Anna", "Bert", "Cem", "Dora", "Emil", "Fine", "Gerd", "Hanna", "Ida", "Jan", "Kai", "Lena")
NEWS = "The bus leaves at five."


@dataclass
class Yesterday:
    """What is there after the restore: everybody, those who were asked on the day that is gone, and what was restored.
    Anna has answered on that day, Dora was erased."""

    petra: Person
    makers: dict[str, Person]
    asked: list[str]
    restored: Restored


@pytest.fixture
def yesterday(stage: Stage, installation: Installation, data_dir: Path) -> Yesterday:
    petra, olga = stage.appoint("Petra"), join_team(stage, "Olga")
    makers = {name: stage.maker(name, f"{name} opens a citizens' office") for name in NAMES}
    for day in (date(2025, 8, 16), date(2025, 9, 13)):
        stage.until(day)
        for maker in makers.values():
            maker.taps("On track")
            maker.hears()
    stage.clock.set(stage.next_due - timedelta(hours=12))
    backup = BackingUp(installation, data_dir).back_up()
    stage.until(stage.clock.now() + timedelta(hours=17))
    asked = [name for name, maker in makers.items() if questions(maker)]
    assert 1 < len(asked) < len(NAMES) and "Dora" not in asked
    makers[asked[0]].taps("Slower")
    olga.says(f"/announce {NEWS}")
    olga.says("in four weeks")
    for tap in ("On to the preview", "Release"):
        olga.taps(tap)
    stage.announce()
    makers["Dora"].says("/delete")
    makers["Dora"].taps(0)
    restored = restore(backup, installation, data_dir, stage.clock.now())
    for person in (petra, olga, *makers.values()):
        person.hears()
    return Yesterday(petra, makers, asked, restored)


def questions(person: Person) -> int:
    """How many questions they have got since the last time."""
    return "\n".join(person.hears()).count("How is BER-")


def test_nobody_but_the_administrator_hears_of_it(stage: Stage, yesterday: Yesterday) -> None:
    assert yesterday.restored.erased == 1
    for _ in range(7 * 24):
        stage.sleeps(hours=1)
        stage.tick()
    assert {name: maker.hears() for name, maker in yesterday.makers.items()} == {name: [] for name in NAMES}
    assert stage.person("Olga").hears() == []  # a Monday was among the days
    [told] = yesterday.petra.hears()
    assert told.startswith("Die Sicherung von") and f"{len(yesterday.asked)} Nachrichten waren damals" in told


def test_it_counts_as_sent(stage: Stage, yesterday: Yesterday, look: Look) -> None:
    stage.tick()
    petra = yesterday.petra
    petra.taps("Liste zeigen")
    listed = petra.newest.text
    assert [name for number, name in enumerate(NAMES, start=1) if f"BER-{number:03}" in listed] == yesterday.asked
    petra.taps("Als gesendet zählen")
    assert "zählt als gesendet" in petra.newest.text
    assert look("audit", "actor", "action", "subject")[-1] == ("telegram 1001", "DecidingRestore", "skip")
    stage.jump(days=4)
    assert [questions(yesterday.makers[name]) for name in yesterday.asked] == [0] * len(yesterday.asked)
    stage.jump(days=40)
    heard = {name: "\n".join(maker.hears()) for name, maker in yesterday.makers.items()}
    assert heard.pop("Dora") == ""  # erased, and not there again
    assert all("BER-" in said and NEWS not in said for said in heard.values())  # all are asked in the next round


def test_it_is_decided_again_and_sent(stage: Stage, yesterday: Yesterday) -> None:
    stage.tick()
    yesterday.petra.taps("Neu prüfen und senden")
    stage.jump(days=1)  # today it is too late for questions
    assert [questions(yesterday.makers[name]) for name in yesterday.asked] == [1] * len(yesterday.asked)
    assert Holding(stage.installation).held() is None


def test_two_administrators_decide_once(stage: Stage, yesterday: Yesterday) -> None:
    lisa = stage.appoint("Lisa")
    stage.tick()
    lisa.taps("Liste zeigen")
    yesterday.petra.taps("Als gesendet zählen")
    lisa.taps("Neu prüfen und senden")
    assert lisa.hears()[-1] == "Das ist schon entschieden."


def test_a_button_of_the_day_that_is_gone_says_why_it_does_nothing(stage: Stage, yesterday: Yesterday) -> None:
    gone = yesterday.makers[yesterday.asked[-1]]
    gone.taps("Slower", on=next(one for one in reversed(gone.chat) if "How is BER-" in one.first))
    assert gone.hears() == ["This question is no longer open. With /status you see where things stand."]
