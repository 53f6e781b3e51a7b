"""What people write, and what the bot makes of it.

The corpora hold messages as mayors, councils and volunteers type them, with what a person reads in them. The one named
`held_out_messages` was put aside while the vocabulary was written and has been looked at once since: it is no longer
evidence for messages that nobody has seen. `held_out_second_author` was written by a second author, who by then knew
the vocabulary; it was read once and not tuned to. Its first reading (95 % intervals after Wilson):

- clear ones right: 150 of 156, 96.2 % (91.9 % to 98.2 %)
- acted on wrongly: 2 of 208, 1.0 % (0.3 % to 3.4 %), both "on track" at a check-in; no outcome, stop or deletion
- days right: 208 of 208, 100 % (98.2 % to 100 %)

In the eight rounds before it by the same author, each read before anything was changed for it, 70 to 89 % of the clear
ones were right and 1.4 to 3.4 % acted on wrongly; they are harder on purpose (traps, dialect, long sentences). The last
of them had been written before its author had seen the vocabulary: 145 of 163 clear ones right, 89.0 % (83.2 % to
92.9 %), 4 of 210 acted on wrongly, 1.9 % (0.7 % to 4.8 %). They are part of `messages` and `dates` now.

A third author wrote 318 messages and 128 day phrases before seeing the vocabulary. A random half of each was put aside
as `held_out_third_author`: of it only these figures were ever looked at. The other half was tuned to and is part of
`messages` and `dates`. First reading, of the halves together:

- clear ones right: 239 of 262, 91.2 % (87.2 % to 94.1 %); acted on wrongly: 6 of 318, 1.9 % (0.9 % to 4.1 %)
- days right: 126 of 128, 98.4 % (94.5 % to 99.6 %) of the phrases, 317 of 318 of the messages

The half put aside, before and after the other was tuned to: 124 and 125 of 133 clear ones right, 93.2 and 94.0 %
(88.6 % to 96.9 %), 2 of 159 acted on wrongly, 1.3 % (0.3 % to 4.5 %), none of them an outcome, a stop or a deletion;
days 63 of 64. A second round of 213 messages by the same author, written when the code was known: 160 of 179 clear ones
right, 89.4 % (84.0 % to 93.1 %), 3 acted on wrongly, 1.4 % (0.5 % to 4.1 %).

A fourth author wrote five rounds, harder on purpose in the beginning (dialect, dictation, slang, official letters).
The first was written before anything of this package was read. Each figure is the first reading; the rounds are part
of `messages` and `dates` by now but for the last one, `held_out_fourth_author`, of which only these figures were
looked at:

- round 1: 239 of 301 clear ones right, 79.4 % (74.5 % to 83.6 %), 6 of 370 acted on wrongly, 1.6 % (0.7 % to 3.5 %),
  one of them an outcome; days 120 of 125. The half put aside, before and after the other was tuned to: 81.9 and 86.6
  %
- round 2: 214 of 258, 82.9 % (77.9 % to 87.0 %); 4 of 309, 1.3 % (0.5 % to 3.3 %); days 98 of 103. The half put
  aside: 85.4 and 89.2 %
- round 3: 119 of 138, 86.2 % (79.5 % to 91.0 %); 5 of 165, 3.0 % (1.3 % to 6.9 %); days 36 of 40
- round 4, with the second opinion: 90 of 96, 93.8 % (87.0 % to 97.1 %); 1 of 117, 0.9 % (0.2 % to 4.7 %); days 28 of
  30
- round 5: 85 of 86, 98.8 % (93.7 % to 99.8 %); 1 of 106, 0.9 % (0.2 % to 5.2 %); days 29 of 30

The last two are plainer than the first three: as the package was before, it read 79.4, 79.1, 86.2, 91.7 and 96.5 % of
the five.

All of these authors knew the vocabulary, and it shows. A fifth and a sixth, who had never seen it, wrote 520 messages
each, no two with the same key phrase; a seventh wrote 320 as for an acceptance test, two thirds of them everyday ones.
Read as the package was then: 44 to 64 % of the clear ones right in the five sets looked at, 71.4 and 66.9 % of the
seventh author's; 0.6 to 3.8 % acted on wrongly, one outcome. Phrases alone go no further. So the second opinion was
taught with some 22,000 more messages, of other authors again. What was not learned from of these three is put aside.
The thresholds were chosen with these sets in view, and some fifteen misread ones were seen then:

- fifth and sixth author (`held_out_fifth_and_sixth_author`): 166 of 216 clear ones right, 76.9 % (70.8 % to 82.0 %),
  24 more rightly asked back, 11.1 %; 6 of 260 acted on wrongly, 2.3 % (1.1 % to 4.9 %), no outcome, stop or deletion
- seventh author (`held_out_seventh_author`): 117 of 133, 88.0 % (81.4 % to 92.5 %), 8 more rightly asked back, 6.0 %;
  1 of 160 acted on wrongly, 0.6 % (0.1 % to 3.5 %), no outcome, stop or deletion; days 154 of 160
- an eighth author's answers to the smaller questions (`held_out_menus`): 53 of 104, 51.0 % (41.5 % to 60.4 %), 18 more
  rightly asked back; 4 of 125 acted on wrongly
- a ninth author's 150 phrases for days (part of `dates` now), first reading: 149 right, 99.3 % (96.3 % to 99.9 %); the
  eighth author's 260, first reading: 224, 86.2 % (81.4 % to 89.8 %)

A tenth author wrote 130 messages like the seventh's after everything was settled; only these figures were looked at
(`held_out_tenth_author`): 102 of 108 clear ones right, 94.4 % (88.4 % to 97.4 %), 4 more rightly asked back; 2 of 130
acted on wrongly, 1.5 % (0.4 % to 5.4 %), no outcome, stop or deletion; days 124 of 130, 95.4 % (90.3 % to 97.9 %).

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
        ("held_out_fifth_and_sixth_author", 0.76, 0.86),
        ("held_out_seventh_author", 0.86, 0.92),
        ("held_out_tenth_author", 0.92, 0.96),
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
