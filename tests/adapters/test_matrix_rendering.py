"""Our four tags as Matrix shows them."""

import pytest

from adapters.matrix.rendering import TEXT_LIMIT, contents, edited
from bot.dialogue.message import Choice


@pytest.mark.parametrize(
    ("text", "body", "formatted"),
    [
        ("Hallo", "Hallo", None),
        ("<b>Ja</b> &lt;i&gt; &amp; so", "Ja <i> & so", "<b>Ja</b> &lt;i&gt; &amp; so"),
        ("a\n<i>b</i>", "a\nb", "a<br><i>b</i>"),
        ('<a href="https://x.de/?a=1&amp;b">hier</a>', "hier (https://x.de/?a=1&b)",
         '<a href="https://x.de/?a=1&amp;b">hier</a>'),
        ('<a href="https://x.de">https://x.de</a>', "https://x.de", '<a href="https://x.de">https://x.de</a>'),
        ("<script>x</script><b>y", "xy", "x<b>y"),
        ("Mit /status und /hilfe, nicht /unbekannt", "Mit !status und !hilfe, nicht /unbekannt", None),
        ("https://x.de/status und 1/neu", "https://x.de/status und 1/neu", None),
        ("<code>/start ABCD2345</code>", "!start ABCD2345", "<code>!start ABCD2345</code>"),
    ],
)  # fmt: skip
def test_texts(text: str, body: str, formatted: str | None) -> None:
    content = contents(text)[0]
    assert content["body"] == body
    assert content.get("formatted_body", "").removesuffix("</b>") == (formatted or "")


def test_choices_are_numbers() -> None:
    content = contents("Wie steht es?", (Choice("a", "Läuft"), Choice("b", "<Hängt>")), quiet=True)[0]
    assert content["msgtype"] == "m.notice"
    assert content["body"] == "Wie steht es?\n\n1  Läuft\n2  <Hängt>"
    assert content["formatted_body"] == "Wie steht es?<br><br>1&nbsp; Läuft<br>2&nbsp; &lt;Hängt&gt;"


@pytest.mark.parametrize("word", ["Wort ", "ä", "Zeile\n"])
def test_long_texts_lose_nothing(word: str) -> None:
    parts = contents(f"<b>{word * 10_000}</b>", (Choice("a", "Ja"),))
    assert len(parts) > 1 and all(len(part["body"].encode()) <= TEXT_LIMIT for part in parts[:-1])
    said = "".join(part["body"] for part in parts)
    assert said.count(word.strip()) == 10_000 and said.endswith("1  Ja")


def test_edits() -> None:
    content = edited(contents("neu")[0], "$e")
    assert content["m.new_content"] == {"msgtype": "m.text", "body": "neu"}
    assert content["body"] == "* neu" and content["m.relates_to"] == {"rel_type": "m.replace", "event_id": "$e"}
