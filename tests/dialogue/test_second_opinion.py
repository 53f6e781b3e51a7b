"""What is meant by words that no phrase finds, going by messages whose meaning is known."""

import json
from datetime import date

import pytest

from bot.dialogue.understanding import Context, Intent, understand
from bot.dialogue.understanding.second_opinion import opinion, pieces, reconsidered
from bot.dialogue.understanding.wording import folded
from tests.dialogue.scoring import messages
from tests.dialogue.teaching import WRITTEN, fingerprint, learn

TUESDAY = date(2026, 3, 17)


def test_it_has_learned_from_the_corpora_as_they_are() -> None:
    """After a change: `python -m tests.dialogue.teaching`."""
    assert json.loads(WRITTEN.read_text("utf-8"))["learned_from"] == fingerprint()


def test_what_is_learned_from_examples_is_said_of_the_like() -> None:
    shown = [message for message in messages("messages") if message.context is Context.YESNO]
    taught = learn(shown)
    assert set(taught["intents"]) == {message.meant.intent for message in shown}


@pytest.mark.parametrize("context", [Context.CHECKIN, Context.YESNO, Context.OUTCOME, Context.FREE])
def test_the_odds_of_all_intents_add_up(context: Context) -> None:
    likely = opinion(folded("Bei uns in der Gemeinde geht es ordentlich vorwärts"), context).likely
    assert sum(likely.values()) == pytest.approx(1)


def test_pieces_of_a_word_outweigh_no_word() -> None:
    assert sum(weight**2 for weight in pieces("laeuft").values()) == pytest.approx(2, rel=0.2)
    assert pieces("") == {}


@pytest.mark.parametrize("message", messages("messages")[::7], ids=lambda message: message.text[:30])
def test_what_is_hard_to_undo_is_never_believed_on_likeness(message) -> None:  # type: ignore[no-untyped-def]
    believed = reconsidered(Intent.UNCLEAR, message.text, message.context)
    assert believed not in {Intent.STOP, Intent.DELETE, Intent.CANCEL, Intent.KEPT, Intent.NOT_KEPT, Intent.MOOT}


@pytest.mark.parametrize("text", ["Vielleicht geht es voran", "Geht es denn voran?", "Na toll, das geht ja voran"])
def test_doubt_irony_and_questions_are_left_alone(text: str) -> None:
    assert understand(text, Context.CHECKIN, today=TUESDAY).intent is Intent.UNCLEAR


def test_one_word_is_left_to_the_phrases() -> None:
    assert reconsidered(Intent.UNCLEAR, "vorwaerts", Context.CHECKIN) is Intent.UNCLEAR
