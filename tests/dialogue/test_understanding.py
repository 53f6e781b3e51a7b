"""What people write, and what the bot makes of it.

The corpora hold messages as mayors, councils and volunteers type them, with what a person reads in them. The one named
`held_out_messages` was put aside while the vocabulary was written and has been looked at once since: it is no longer
evidence for messages that nobody has seen.
"""

from datetime import date

import pytest

from bot.dialogue.understanding import Context, Intent, choose, understand
from tests.dialogue.scoring import messages, score

TUESDAY = date(2025, 10, 14)
OUTCOMES = [
    "erfüllt",
    "zum Teil",
    "anders gelöst",
    "nicht geschafft",
    "läuft weiter (neuer Termin)",
    "hinfällig",
]


def read(text: str, context: Context) -> Intent:
    return understand(text, context, today=TUESDAY).intent


@pytest.mark.parametrize("corpus", ["messages", "held_out_messages"])
def test_what_is_clear_is_understood_and_little_is_acted_on_wrongly(corpus: str) -> None:
    result = score(messages(corpus))
    assert result.clear_right >= 0.95 * result.clear, str(result)
    assert len(result.wrong) <= 0.01 * result.total, str(result)
    assert result.serious == [], str(result)
    assert result.dates_right >= 0.97 * result.total, str(result)


@pytest.mark.parametrize("context", Context)
@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("stop", Intent.STOP),
        ("/stop", Intent.STOP),
        ("Bitte keine Nachrichten mehr!", Intent.STOP),
        ("abbrechen", Intent.CANCEL),
        ("!abbrechen", Intent.CANCEL),
        ("Hilfe", Intent.HELP),
        ("spaeter", Intent.LATER),
    ],
)
def test_four_words_are_understood_in_every_state(context: Context, text: str, intent: Intent) -> None:
    assert read(text, context) is intent


@pytest.mark.parametrize("context", Context)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\0\u200b",
        "🦔",
        "stopp, das war falsch",
        "Stoff",
        "läuft " * 400 + "?",
        "<b>ja</b>?",
    ],
)
def test_nothing_is_read_into_what_says_nothing(context: Context, text: str) -> None:
    assert read(text, context) is Intent.UNCLEAR


@pytest.mark.parametrize(("context", "count"), [(Context.CHECKIN, 5), (Context.OUTCOME, 6), (Context.YESNO, 2)])
def test_a_number_beyond_the_choices_is_no_answer(context: Context, count: int) -> None:
    assert read(str(count), context) is not Intent.UNCLEAR
    assert read(str(count + 1), context) is Intent.UNCLEAR
    assert read("0", context) is Intent.UNCLEAR


def test_a_number_and_words_that_contradict_it_are_no_answer() -> None:
    assert read("1 läuft", Context.CHECKIN) is Intent.ON_TRACK
    assert read("3, läuft super", Context.CHECKIN) is Intent.UNCLEAR


def test_a_number_names_no_day() -> None:
    assert understand("2.", Context.CHECKIN, today=TUESDAY).dates == ()


def test_bare_words_are_commands_only_as_the_whole_message() -> None:
    assert read("Neu", Context.FREE) is Intent.NEW
    assert read("Neue Bänke am Rathaus", Context.FREE) is Intent.UNCLEAR
    assert read("/neu Bänke am Rathaus", Context.FREE) is Intent.NEW


def test_commands_that_cannot_be_undone_are_not_guessed() -> None:
    assert read("/stauts", Context.FREE) is Intent.STATUS
    assert read("/deleet", Context.FREE) is Intent.UNCLEAR
    assert read("/stob", Context.FREE) is Intent.UNCLEAR


def test_the_words_beside_a_day_say_until_when() -> None:
    meant = understand("/pause bis 10. Januar", Context.FREE, today=TUESDAY)
    assert (meant.intent, meant.dates) == (Intent.PAUSE, (date(2026, 1, 10),))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2", 1),
        ("2.", 1),
        ("2)", 1),
        ("②", 1),
        ("2️⃣", 1),
        ("zwei", 1),
        ("Nr. 2", 1),
        ("Zum Teil", 1),
        ("hinfaellig", 5),
        ("hinfälig", 5),
        ("läuft weiter", 4),
        ("anders", 2),
    ],
)
def test_a_choice_is_picked_by_number_name_beginning_or_nearly(text: str, place: int) -> None:
    assert choose(text, OUTCOMES) == place


@pytest.mark.parametrize("text", ["", "7", "0", "-1", "1,5", "erfüllt nicht", "vielleicht", "1 oder 2", "läuft"])
def test_a_choice_that_is_not_there_is_not_picked(text: str) -> None:
    assert choose(text, [*OUTCOMES[:4], "läuft weiter", "läuft aus"]) is None
