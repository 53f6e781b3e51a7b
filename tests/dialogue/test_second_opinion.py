"""What is meant by words that no phrase finds, going by messages whose meaning is known."""

from datetime import date

import numpy as np
import pytest

from bot.dialogue.understanding import Context, Intent, Understood, understand
from bot.dialogue.understanding.second_opinion import opinion, pieces, reconsidered
from tests.dialogue.teaching import WRITTEN, examples, fingerprint, learn

TUESDAY = date(2026, 3, 17)


def test_it_has_learned_from_the_corpora_as_they_are() -> None:
    """After a change: `python -m tests.dialogue.teaching`."""
    with np.load(WRITTEN, allow_pickle=False) as written:
        assert written["learned_from"] == fingerprint()


def test_what_is_learned_covers_the_answers_to_every_question() -> None:
    shown = [*examples(Context.YESNO)[::20], *examples(Context.LASTING)[::20]]
    taught = learn(shown, rounds=1)
    assert set(taught["intents"]) == {example.meant for example in shown}
    assert {"yes", "no"} <= set(taught[Context.YESNO]) and "yes" not in taught[Context.LASTING]


@pytest.mark.parametrize("context", [Context.CHECKIN, Context.YESNO, Context.OUTCOME, Context.FREE])
def test_the_odds_of_all_intents_add_up(context: Context) -> None:
    likely = opinion("Bei uns in der Gemeinde geht es ordentlich vorwärts", context).likely
    assert sum(likely.values()) == pytest.approx(1)


def test_pieces_of_a_word_outweigh_no_word() -> None:
    question = sum(weight**2 for weight in pieces("", Context.CHECKIN).values())
    assert question == pytest.approx(1)
    assert sum(weight**2 for weight in pieces("laeuft", Context.CHECKIN).values()) == pytest.approx(3.5, rel=0.3)


@pytest.mark.parametrize("context", [Context.CHECKIN, Context.YESNO, Context.OUTCOME, Context.FREE])
def test_what_is_hard_to_undo_is_not_read_into_what_only_sounds_like_it(context: Context) -> None:
    nothing = Understood(Intent.UNCLEAR)
    near = [example.text for example in examples(context) if example.meant is Intent.UNCLEAR]
    read = {reconsidered(nothing, text, context).intent for text in near}
    assert read.isdisjoint({Intent.STOP, Intent.DELETE})


@pytest.mark.parametrize("text", ["Ich ruf zurück", "Lass mal", "Bitte nicht löschen", "Hört der Regen nie auf"])
def test_a_near_miss_stops_nothing(text: str) -> None:
    for context in (Context.CHECKIN, Context.OUTCOME, Context.FREE):
        assert understand(text, context, today=TUESDAY).intent not in (Intent.STOP, Intent.DELETE)


@pytest.mark.parametrize("text", ["Vielleicht geht es voran", "Geht es denn voran?", "Na toll, das geht ja voran"])
def test_doubt_irony_and_questions_are_left_alone(text: str) -> None:
    assert understand(text, Context.CHECKIN, today=TUESDAY).intent is Intent.UNCLEAR


def test_the_number_of_a_choice_counts_whatever_stands_beside_it() -> None:
    slow = Understood(Intent.SLOW)
    assert reconsidered(slow, "2, alles ist fertig", Context.CHECKIN) is slow
    assert (
        understand("12 Leute sind dabei, es geht gut voran", Context.CHECKIN, today=TUESDAY).intent is Intent.ON_TRACK
    )


def test_what_only_resembles_a_yes_is_no_consent() -> None:
    for text in ("Die Halle ist seit Montag gebucht", "Die Firma ist abgesprungen"):
        assert understand(text, Context.CONSENT, today=TUESDAY).intent is Intent.UNCLEAR
    assert understand("ja, gern", Context.CONSENT, today=TUESDAY).intent is Intent.YES


def test_what_the_phrases_find_and_hardly_anybody_means_by_it_is_doubted() -> None:
    found, text = Understood(Intent.STUCK), "Die letzte Bank steht, alle sind aufgestellt"
    assert reconsidered(found, text, Context.CHECKIN).intent is Intent.DONE


def test_what_may_well_be_meant_is_worth_a_question() -> None:
    read = understand("Der Plan liegt in der Verwaltung", Context.CHECKIN, today=TUESDAY)
    assert read == Understood(Intent.UNCLEAR, perhaps=Intent.ON_TRACK)
