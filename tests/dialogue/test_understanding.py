"""What people write, and what the bot makes of it.

The corpora hold messages as mayors, councils and volunteers type them, with what a person reads in them. `messages`,
`held_out_messages` and `held_out_second_author` are learned from (see `teaching`), with the 49,000 of `taught_*.tsv`.
The others are kept to measure by. Of each only the first reading is evidence for messages that nobody has seen: the
figures with their 95 % intervals (Wilson 1927). After it the misread ones of the eleventh to thirteenth author were
looked at, and faults mended that they showed; of the fourteenth and the third, fourth and tenth only figures.

Authors who had seen neither the bot's vocabulary nor each other's messages, as for an acceptance test; the thirteenth
and fourteenth had read the product's contract and nothing else. First reading with the network:

- eleventh author: 246 of 255 clear ones right, 96.5 % (93.4 % to 98.1 %); 1 of 300 acted on wrongly, 0.3 % (0.1 % to
  1.9 %), no outcome, stop or deletion; days 294 of 300
- twelfth author: 249 of 259, 96.1 % (93.0 % to 97.9 %); 2 of 300, 0.7 % (0.2 % to 2.4 %), one of them an outcome ("620
  statt 1000 Setzlinge" as not kept); days 297 of 300
- thirteenth author: 333 of 341, 97.7 % (95.4 % to 98.8 %); 4 of 400, 1.0 % (0.4 % to 2.5 %), no outcome, stop or
  deletion; days 400 of 400
- fourteenth author: 371 of 383, 96.9 % (94.6 % to 98.2 %); 5 of 450, 1.1 % (0.5 % to 2.6 %), one of them an outcome
  ("Nicht erfüllt, auch nicht in Teilen" as partly); days 450 of 450

Together 1,199 of 1,238 clear ones right, 96.8 % (95.7 % to 97.7 %); 12 of 1,450 acted on wrongly, 0.8 % (0.5 % to
1.4 %), two of them an outcome, 0.1 %. The threshold was then raised for outcomes (from 0.85 to 0.9). With that, and
nothing changed after, two more who had read only the contract (`held_out_fifteenth_author`): 322 of 334, 96.4 % (93.8 %
to 97.9 %); 2 of 400, 0.5 % (0.1 % to 1.8 %), both "help", no outcome, stop or deletion; days 399 of 400.

Before, with a logistic regression for each question and 22,000 messages, a tenth author's 130 were read at 94.4 %, a
seventh's 160 at 88.0 %, and a fifth's and sixth's 260, inventive on purpose, at 76.9 %; with phrases alone at 64 to 71
% and 44 to 64 %. A third and a fourth author, who knew the vocabulary, were read at 79 to 99 %. They are read again
here at every run. An eighth author's answers to the smaller questions (`held_out_menus`): 51.0 % of 104 right then.

Phrases for days, first reading: a ninth author's 150: 149 right, 99.3 % (96.3 % to 99.9 %); three more who had read
only the contract: 291 of 300, 97.0 % (94.4 % to 98.4 %); 267 of 300, 89.0 % (85.0 % to 92.1 %), inventive on purpose
("30.VI.26", "2026-W40", "in 5 Arbeitstagen"); and, after what these showed was mended, 297 of 300, 99.0 % (97.1 % to
99.7 %). All but the last are part of `dates` now.

What is still unclear is put to the person as a question where it resembles something ("Meinen Sie …?").
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


@pytest.mark.parametrize("corpus", ["messages", "held_out_messages", "held_out_second_author"])  # learned from
def test_what_is_clear_is_understood_and_little_is_acted_on_wrongly(corpus: str) -> None:
    result = score(messages(corpus))
    assert result.clear_right >= 0.95 * result.clear, str(result)
    assert len(result.wrong) <= 0.01 * result.total, str(result)
    assert result.serious == [], str(result)
    assert result.dates_right >= 0.97 * result.total, str(result)


def test_what_nobody_has_tuned_to_is_understood_nearly_as_well() -> None:
    result = score(messages("held_out_third_author"))
    assert result.clear_right >= 0.94 * result.clear
    assert len(result.wrong) <= 0.01 * result.total
    assert result.serious == []
    assert result.dates_right >= 0.97 * result.total


def test_what_the_fourth_author_put_aside_is_understood() -> None:
    result = score(messages("held_out_fourth_author"))
    assert result.clear_right >= 0.95 * result.clear
    assert len(result.wrong) <= 0.02 * result.total
    assert result.serious == []
    assert result.dates_right >= 0.97 * result.total


@pytest.mark.parametrize(
    ("corpus", "right", "led"),
    [
        ("held_out_fifth_and_sixth_author", 0.86, 0.92),
        ("held_out_seventh_author", 0.94, 0.96),
        ("held_out_tenth_author", 0.96, 0.98),
        ("held_out_eleventh_author", 0.96, 0.97),
        ("held_out_twelfth_author", 0.96, 0.97),
        ("held_out_thirteenth_author", 0.96, 0.97),
        ("held_out_fourteenth_author", 0.95, 0.96),
        ("held_out_fifteenth_author", 0.95, 0.96),
    ],
)
def test_what_authors_wrote_who_never_saw_the_vocabulary(corpus: str, right: float, led: float) -> None:
    """`led`: what is right, or right after one "Ja" to the question whether it is meant."""
    result = score(messages(corpus))
    assert result.clear_right >= right * result.clear, str(result)
    assert result.clear_right + result.suggested >= led * result.clear, str(result)
    assert len(result.wrong) <= 0.03 * result.total, str(result)
    assert result.serious == [], str(result)
    assert result.dates_right >= 0.95 * result.total, str(result)


@pytest.mark.parametrize(
    ("context", "text", "intent"),
    [
        (Context.CONFIDENCE, "geht so", Intent.SOME),
        (Context.CONFIDENCE, "bin skeptisch", Intent.LOW),
        (Context.CONFIDENCE, "auf jeden Fall", Intent.HIGH),
        (Context.CONFIDENCE, "wenn das Geld kommt", Intent.UNCLEAR),
        (Context.GOING_ON, "fragen Sie lieber meine Kollegin", Intent.OTHER),
        (Context.GOING_ON, "einmal im Monat reicht", Intent.MONTHLY),
        (Context.GOING_ON, "erst kurz vor Ende", Intent.AT_END),
        (Context.LASTING, "läuft immer noch", Intent.ALL),
        (Context.LASTING, "ist wieder eingeschlafen", Intent.NOTHING),
    ],
)
def test_the_smaller_questions_are_answered_in_words(context: Context, text: str, intent: Intent) -> None:
    assert read(text, context) is intent


def test_no_more_messages_is_asked_back_where_it_is_one_of_the_answers() -> None:
    said = understand("keine Nachrichten mehr bitte", Context.GOING_ON, today=TUESDAY)
    assert said.intent is Intent.STOP or said.perhaps is Intent.NONE


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
    ("text", "intent"),
    [
        ("Bitte den Termin verschieben", Intent.EDIT),
        ("Könnten wir die Frist um 4 Wochen verlängern?", Intent.EDIT),
        ("Kann ich mit einem echten Menschen sprechen?", Intent.HUMAN),
        ("Ich bin bis 15.11. im Urlaub, bitte so lange nicht schreiben", Intent.PAUSE),
        ("Können Sie bitte meine Daten löschen?", Intent.DELETE),
        ("Neues Versprechen: wir pflanzen 100 Bäume", Intent.NEW),
    ],
)
def test_a_request_may_be_put_in_any_order_and_politely(text: str, intent: Intent) -> None:
    assert read(text, Context.FREE) is intent


@pytest.mark.parametrize(
    "text",
    [
        "Ich will meine Daten nicht löschen",
        "Soll ich meine Daten löschen",
        "Kann man meine Daten löschen?",
        "Ich lösche mein Konto bei Facebook",
        "Ich will nicht aufhören",
        "Der Landrat meldet sich nicht mehr",
        "Warum schreiben Sie mir nicht mehr?",
        "Ich will keine Pause",
    ],
)
def test_a_request_that_is_denied_asked_about_or_another_s_is_none(text: str) -> None:
    assert read(text, Context.FREE) is Intent.UNCLEAR


@pytest.mark.parametrize(
    "text",
    [
        "Lief super, bis der Investor absprang",
        "Anfangs lief es gut, aber dann kam der Haushaltsstopp",
        "Läuft gut, aber der Bürgermeister hat gekündigt",
    ],
)
def test_what_went_well_before_something_happened_is_not_on_track(text: str) -> None:
    assert read(text, Context.CHECKIN) is not Intent.ON_TRACK


@pytest.mark.parametrize(
    "text",
    [
        "Wir hätten es geschafft, wenn der Kreis gezahlt hätte",
        "Wir hatten es geschafft, dann wurde alles rückgängig gemacht",
        "Erfüllt sein wird es im Juni",
        "Eigentlich erfüllt, uneigentlich nicht",
    ],
)
def test_what_would_be_was_or_will_be_kept_is_not_kept(text: str) -> None:
    assert read(text, Context.OUTCOME) is not Intent.KEPT


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
