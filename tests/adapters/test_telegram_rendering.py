"""Our four tags and choices, as Telegram shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.rendering import keyboard, length, pieces
from bot.dialogue.message import Choice
from tests.telegram_server.entities import parse_html, utf16


def rows(*labels: str) -> list[list[str]]:
    markup = keyboard("p7", [Choice(label, label) for label in labels])
    return [[button.text for button in row] for row in markup.inline_keyboard] if markup else []


def test_short_choices_stand_side_by_side() -> None:
    assert rows("Läuft", "Langsamer", "Hängt fest", "Geschafft", "Später") == [
        ["Läuft", "Langsamer", "Hängt fest"],
        ["Geschafft", "Später"],
    ]


def test_long_choices_stand_alone() -> None:
    assert rows("Ja", "Läuft weiter (neuer Termin vorschlagen)", "Nein") == [
        ["Ja"],
        ["Läuft weiter (neuer Termin vorschlagen)"],
        ["Nein"],
    ]
    assert rows() == []


def test_a_button_brings_back_its_prompt_and_position() -> None:
    markup = keyboard("p7", [Choice("yes", "Ja"), Choice("no", "Nein")])
    assert markup and [button.callback_data for button in markup.inline_keyboard[0]] == ["p7.0", "p7.1"]


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        ("🟢 Läuft|🟡 Langsamer|🔴 Hängt fest|✅ Geschafft|Später", [3, 2]),
        ("Weiter zur Vorschau|Land|Thema|Rolle|Stand|Noch ohne Antwort", [1, 3, 2]),
        ("Bild|Bild, dunkel|Abschlussbericht|Excel|CSV", [2, 2, 1]),
        ("Läuft weiter (neuer Termin)|Nein", [1, 1]),
    ],
)
def test_buttons_share_a_row_where_the_longest_fits_on_its_part(labels: str, rows: list[int]) -> None:
    markup = keyboard("p7", [Choice(label, label) for label in labels.split("|")])
    assert markup and [len(row) for row in markup.inline_keyboard] == rows


def test_our_tags_stay_and_others_go() -> None:
    source = '<b>Ä <i>b</i></b> <code>c</code> <a href="https://e.de/?a=1&amp;b=2">d</a> <u>e</u> &lt;f&gt; &#39;g&#39;'
    told = "<b>Ä <i>b</i></b> <code>c</code> <a href=\"https://e.de/?a=1&amp;b=2\">d</a> e &lt;f&gt; 'g'"
    assert pieces(source) == [told]
    assert length(source) == len("Ä b c d e <f> 'g'")


def test_unclosed_tags_are_closed() -> None:
    assert pieces("<b>a<i>b") == ["<b>a<i>b</i></b>"]
    assert pieces("a</i>b & <") == ["ab &amp; &lt;"]


def test_a_long_text_is_cut_between_paragraphs() -> None:
    assert pieces("<b>eins zwei\n\ndrei</b> vier", 14) == ["<b>eins zwei</b>", "<b>drei</b> vier"]


@pytest.mark.parametrize(("text", "cut"), [("eins\nzwei drei", ["eins", "zwei drei"]), ("eins zwei", ["eins", "zwei"])])
def test_else_between_lines_or_words(text: str, cut: list[str]) -> None:
    assert pieces(text, len(text) - 1) == cut


def test_emoji_count_twice_and_are_not_cut_apart() -> None:
    assert pieces("😀😀😀", 4) == ["😀😀", "😀"]


@given(st.text(alphabet="ab \n😀<>&;/bia\"='", max_size=200), st.integers(2, 40))
def test_any_text_becomes_pieces_that_telegram_takes(source: str, limit: int) -> None:
    shown = [parse_html(piece)[0] for piece in pieces(source, limit)]
    assert all(utf16(piece) <= limit for piece in shown)
    whole = parse_html(pieces(source, 10_000)[0])[0]
    assert "".join("".join(shown).split()) == "".join(whole.split())
