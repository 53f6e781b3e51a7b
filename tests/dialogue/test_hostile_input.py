"""Whatever is written, tapped or sent, in every state of every dialogue: nothing breaks, nothing becomes markup."""

import random
import re
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.dialogue.commands import COMMANDS
from bot.dialogue.guessing import Guessing
from bot.dialogue.handlers import HANDLERS
from bot.dialogue.message import Choice, Incoming, Kind, Tap
from bot.dialogue.picking import PickingQuestion
from bot.dialogue.state import State, unpack
from bot.dialogue.understanding import Context
from bot.domain.codes import Purpose
from bot.domain.proposal import Subject
from bot.service.codes import new_key
from bot.store import prompts
from bot.store.prompts import Prompt
from bot.store.tables import inbox, people
from tests.stage import Person, Stage

NASTY = (
    "<b>fett</b><script>alert(1)</script>", "</i></b><a href='https://evil.example'>hier</a>", "&lt;b&gt; &amp;amp;",
    "{reference} {0} {} %s %(x)s", "=HYPERLINK(\"http://evil.example\")", "../../etc/passwd", "'; DROP TABLE people;--",
    "\0\x1b[2J\u202e\u200b\ufeff", "\ud800", "🏳️‍🌈" * 50, "ﷺ" * 30, "a\u0301" * 200, "١٢٣", "²", "①", "1" * 400, "-1",
    "1e9", "0", "stop", "/stop", "!weiter", "/neu " + "x" * 3000, "/status 99999999999999999999", "/start " + "A" * 500,
    "/suche %_\\*", "/pause bis 31.2.", "31.12.9999", "29.2.", "in 99999999999 Jahren", "KW 99", "ja", "nein", "läuft",
    "später", "Rückgängig", "\n" * 500, "/", "!", "/ /", "?" * 300,
)  # fmt: skip
TEXTS = (
    st.sampled_from(NASTY) | st.text(max_size=60) | st.sampled_from([f"/{name}" for e in COMMANDS for name in e.names])
)
KINDS = st.sampled_from([Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.TAP, Kind.REACTION, Kind.EDIT, Kind.VOICE, Kind.FILE,
                         Kind.OTHER, Kind.RETRACTED])  # fmt: skip
OURS = re.compile(r'</?(?:b|i|code)>|<a href="https?://[^"<>]*">|</a>')
VALUES: dict[str, Any] = {
    "reference": "BER-001", "references": ("BER-001", "BER-002"), "workshop_id": 1, "code": "ABCD2345",
    "undo_before": "2025-07-09T08:00:00+00:00", "standing": "", "land": "SH", "day": "2025-12-01",
    "days": ("2025-12-01",), "purpose": next(iter(Purpose)), "subject": next(iter(Subject)),
    "aspects": ("BER-001 confidence",), "command": "edit", "detail": "place", "query": "Rathaus", "person_id": 1,
}  # fmt: skip
"""What a state holds under these names."""
EMPTY: dict[Any, Any] = {int: 1, bool: False, str: "x"}


NUMBERS, DAYS = ("1", "1"), ("2025-12-01", "2026-01-02")
KEYS: dict[str, tuple[str, ...]] = {"AskingWorkshop": NUMBERS, "PickingForSheet": NUMBERS, "AskingWeekday": NUMBERS,
                                    "AskingLater": DAYS}  # fmt: skip
"""The keys of the choices where they are no words; days wherever one is asked for."""


def made(kind: type[State]) -> State:
    """Some state of that kind."""
    return kind(**{
        field.name: VALUES.get(field.name, EMPTY.get(field.type, ("x",)))
        for field in fields(kind)
    })  # fmt: skip


def joined(stage: Stage) -> Person:
    """Petra with a pledge; anew where a button has erased her."""
    with stage.installation.engine.connect() as tx:
        known = tx.execute(select(people.c.id)).first()
    return stage.person("Petra") if known else stage.maker("Petra", "Ein Café", language="de")


def sends(person: Person, kind: Kind, text: str, prompt: str, choice: int) -> Incoming:
    more: dict[str, Any] = {}
    if kind is Kind.TAP:
        more["tap"] = Tap(prompt, choice)
    if kind in (Kind.VOICE, Kind.FILE):
        more |= {"file": "f", "file_mime": "image/png" if choice % 2 else "audio/ogg"}
    if kind in (Kind.REACTION, Kind.EDIT, Kind.RETRACTED):
        more |= {"reply_to": "1", "message_id": f"m{choice}"}
    return person.incoming(text, kind, **more)


def check(stage: Stage, person: Person) -> None:
    """Nothing was set aside, and whatever stands in the chat has no markup but ours."""
    with stage.installation.engine.connect() as tx:
        assert tx.execute(select(inbox.c.update_id).where(inbox.c.state != "done")).all() == []
    for shown in stage.platform.told(person.address):
        rest = OURS.sub("", shown.message.text)
        assert "<" not in rest and ">" not in rest, rest
        for tag in ("b", "i", "code", "a"):
            opened = len(re.findall(rf"<{tag}[ >]", shown.message.text))
            assert opened == shown.message.text.count(f"</{tag}>"), shown.message.text


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "state",
    sorted((*HANDLERS, PickingQuestion, Guessing), key=lambda kind: kind.__name__),
    ids=lambda kind: kind.__name__,
)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(KINDS, TEXTS, st.integers(-2, 9)), min_size=1, max_size=4))
def test_every_state_bears_everything(stage: Stage, state: type[State], said: list[tuple[Kind, str, int]]) -> None:
    petra = joined(stage)
    random.seed()  # the same for every example otherwise, and with it the keys of what is stored
    key = new_key()
    with stage.installation.engine.begin() as tx:
        me = tx.execute(select(people.c.id)).scalars().first()
        keys = KEYS.get(state.__name__, DAYS if state.context is Context.DATE else ("yes", "no", "BER-001"))
        choices = tuple(Choice(one, f"<{one}>") for one in keys)
        prompt = Prompt(
            key, "telegram", petra.address, me, made(state), choices, "Was <b>nun</b>?", False, stage.clock.now()
        )
        prompts.open_(tx, [prompt])
    for kind, text, choice in said:
        stage.takes(sends(petra, kind, text, key, choice))
    check(stage, petra)


GONE = {"reference": "BER-099", "references": ("BER-098", "BER-099")}


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "state",
    sorted((*HANDLERS, PickingQuestion, Guessing), key=lambda kind: kind.__name__),
    ids=lambda kind: kind.__name__,
)
def test_every_state_bears_that_its_pledge_is_gone(stage: Stage, state: type[State]) -> None:
    petra = stage.maker("Petra", "Ein Café", language="de")
    asks = made(state)
    asks = replace(asks, **{name: value for name, value in GONE.items() if hasattr(asks, name)})
    words = ("yes", "no", "skip", "later", "share", "on_track", "stuck", "done", "kept", "high", "all", "with_name")
    answers = KEYS.get(state.__name__, DAYS if state.context is Context.DATE else words)
    for choice in (*range(len(answers)), None):
        key = new_key()
        with stage.installation.engine.begin() as tx:
            me = tx.execute(select(people.c.id)).scalars().first()
            choices = tuple(Choice(one, one) for one in answers)
            prompts.open_(
                tx, [Prompt(key, "telegram", petra.address, me, asks, choices, "Was nun?", False, stage.clock.now())]
            )
        if choice is None:
            stage.takes(petra.incoming("Der Bauhof ist krank, wir warten noch."))
        else:
            stage.takes(sends(petra, Kind.TAP, "", key, choice))
            stage.takes(sends(petra, Kind.RETRACTED, "", key, choice))
    check(stage, petra)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["de", "de@du", "en"])
def test_ten_megabytes_are_read_to_a_point(stage: Stage, language: str) -> None:
    petra = stage.maker("Petra")
    for text in (
        "läuft " * 1_700_000,
        "<b>" * 3_400_000,
        "1" * 10_000_000,
        "\n" * 10_000_000,
        "/neu " + "ä" * 10_000_000,
    ):
        stage.takes(petra.incoming(text, language=language))
    check(stage, petra)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_flood_is_answered_one_by_one_and_blocks_nobody(stage: Stage) -> None:
    petra, anna = stage.maker("Petra"), stage.maker("Anna")
    for number in range(200):
        petra.says(NASTY[number % len(NASTY)])
    anna.hears()
    anna.says("/status")
    assert "BER-" in anna.hears()[-1]
    check(stage, petra)


@given(
    st.dictionaries(st.text(max_size=12), st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()))
)
def test_a_state_of_another_version_is_none(data: dict[str, Any]) -> None:
    unpack(State, {"type": "AskingRemark", **data})
    unpack(State, data)
