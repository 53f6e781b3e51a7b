"""The picture of a broadcast: who sees it, where its text stands, and when it is erased."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from sqlalchemy import Engine

from bot.dialogue.message import Kind
from bot.domain.roles import Role
from bot.ports import Uncertain
from bot.service.housekeeping import PICTURES, Housekeeping
from bot.store import broadcasts
from tests.service.looking import Change, Look
from tests.service.test_rights import join_team
from tests.stage import Person, Stage

MORNING = datetime(2025, 7, 10, 8, 0, tzinfo=UTC)
WORDS = "The hall opens at five."


def photo(colour: str = "green") -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(content, "PNG")
    return content.getvalue()


def write(person: Person, caption: str = WORDS, content: bytes | None = None) -> None:
    """Write a broadcast with a picture, to the preview."""
    person.says("/announce")
    person.sends(Kind.FILE, caption, "image/png", photo() if content is None else content)
    if not caption:
        person.taps("The picture alone")
    person.says("in four weeks")
    person.taps("On to the preview")


def pictures(person: Person) -> list[bool]:
    """Of what the person has heard, whether it came with a picture."""
    heard = person.platform.told(person.address)[-len(person.hears()) :]
    return [bool(shown.message.attachment and shown.message.attachment.mime == "image/jpeg") for shown in heard]


@pytest.fixture
def olga(stage: Stage) -> Person:
    return join_team(stage, "Olga")


@pytest.fixture
def anna(stage: Stage) -> Person:
    anna = stage.maker("Anna")
    stage.clock.set(MORNING)
    return anna


def test_everybody_sees_it_and_afterwards_it_is_erased(
    stage: Stage, olga: Person, anna: Person, look: Look, engine: Engine
) -> None:
    write(olga)
    with engine.begin() as tx:
        _, picture = broadcasts.content(tx, 1)
    assert picture is not None
    olga.taps("Release")
    stage.announce()
    sent = anna.newest.message.attachment
    assert sent == picture
    assert Image.open(io.BytesIO(sent.content)).size == (60, 40)
    Housekeeping(stage.installation).tidy()
    assert look("broadcasts", "phase", "file_content") == [("done", None)]
    assert not any(look("outbox", "file_content"))


def test_who_releases_it_sees_it_too(stage: Stage, olga: Person, anna: Person) -> None:
    rita = join_team(stage, "Rita", Role.RELEASER)
    write(olga)
    olga.taps("Urgent")
    olga.taps("Ask for release")
    assert pictures(rita)[-2:] == [True, False]
    rita.taps("Do not release")
    stage.announce()
    assert anna.newest.message.attachment is None


def test_what_is_not_released_leaves_no_picture(stage: Stage, olga: Person, anna: Person, look: Look) -> None:
    write(olga)
    olga.taps("Discard")
    assert look("broadcasts", "phase", "file_mime", "file_content") == [("cancelled", None, None)]


def test_what_is_no_picture_is_refused_and_another_taken(stage: Stage, olga: Person, anna: Person) -> None:
    olga.says("/announce")
    olga.sends(Kind.FILE, WORDS, "image/png", b"no picture")
    assert olga.hears()[-2:] == ["I could not open this picture.", "Please send me the picture now, as a photo."]
    olga.sends(Kind.VOICE, mime="audio/ogg", content=b"OggS")
    assert olga.hears() == ["Only a picture can go with an announcement. Please send a photo."]
    olga.sends(Kind.FILE, "", "image/png", photo())
    assert olga.hears()[-1].startswith("Until which day")
    olga.says("in four weeks")
    olga.taps("On to the preview")
    assert pictures(olga)[-2:] == [True, False]


def test_several_photos_at_once_make_one_draft_with_the_last(stage: Stage, olga: Person, look: Look) -> None:
    olga.says("/announce")
    olga.sends(Kind.FILE, WORDS, "image/png", photo("red"))
    olga.sends(Kind.FILE, "", "image/png", photo("blue"))
    [(text, content)] = look("broadcasts", "text", "file_content")
    assert text == WORDS
    assert Image.open(io.BytesIO(content)).getpixel((5, 5))[2] > 200  # type: ignore[index]


def test_a_picture_of_a_maker_who_is_of_the_team_still_goes_with_their_answer(
    stage: Stage, olga: Person, look: Look
) -> None:
    olga.says("ABCD2345")
    olga.says("We open a citizens' office")
    olga.says("/update it runs")
    olga.taps("On track")
    olga.sends(Kind.FILE, "", "image/png", photo())
    assert look("broadcasts", "id") == []
    assert len(look("attachments", "id")) == 1


def test_a_long_text_follows_the_picture_and_the_preview_says_so(stage: Stage, olga: Person, anna: Person) -> None:
    write(olga, "Long. " * 165)
    assert "On Telegram the text follows the picture" not in olga.newest.text
    olga.taps("Other words")
    olga.says("Long. " * 180)
    assert olga.newest.text.startswith(
        "This is how it arrives on Telegram. On Telegram the text follows the picture as a message of its own."
    )


def test_words_under_a_picture_are_not_corrected_beyond_their_room(stage: Stage, olga: Person, anna: Person) -> None:
    write(olga)
    olga.taps("Release")
    stage.announce()
    olga.taps("Correct")
    olga.says("Long. " * 180)
    assert olga.hears()[-1] == "That is too long to stand under the picture. Please shorten it."
    olga.says("The hall opens at six.")
    stage.announce()
    assert anna.newest.text.endswith("The hall opens at six.")


def test_it_is_kept_as_long_as_somebody_may_get_it_again(
    stage: Stage, olga: Person, anna: Person, look: Look, change: Change
) -> None:
    write(olga)
    stage.delivers = False
    olga.taps("Release")
    stage.deliver()
    stage.broadcasting.place()
    stage.platform.next_deliveries = [Uncertain("timed out")]
    stage.deliver()
    stage.delivers = True
    stage.announce()
    tidying = Housekeeping(stage.installation)
    tidying.tidy()
    olga.taps("Send the uncertain ones again")
    stage.announce()
    assert anna.newest.message.attachment is not None
    tidying.tidy()
    assert look("broadcasts", "file_content") == [None]


def test_after_half_a_year_it_is_erased_in_any_case(stage: Stage, olga: Person, anna: Person, look: Look) -> None:
    write(olga)
    stage.delivers = False
    olga.taps("Release")
    stage.deliver()
    stage.broadcasting.place()
    stage.platform.next_deliveries = [Uncertain("timed out")]
    stage.deliver()
    stage.announce()
    stage.clock.advance(PICTURES + timedelta(days=1))
    Housekeeping(stage.installation).tidy()
    assert look("broadcasts", "file_content") == [None]


def test_each_platform_is_shown_as_it_reads_there(stage: Stage, olga: Person, anna: Person, change: Change) -> None:
    for name in ("telegram", "matrix"):
        change("INSERT INTO channels (name, platform, handle) VALUES (:name, :name, 'bot')", name=name)
    bert = stage.person("Bert", "en", on="matrix")
    bert.says("/start ABCD2345")
    bert.taps(0)
    olga.says("/announce Please write /status before Friday.")
    olga.says("in four weeks")
    olga.hears()
    olga.taps("On to the preview")
    assert olga.hears()[:2] == [
        "On Telegram:\n\n📣 Werkstatt Berlin\nPlease write /status before Friday.",
        "On Matrix:\n\n📣 Werkstatt Berlin\nPlease write !status before Friday.",
    ]
    assert olga.newest.text.startswith("This is how it arrives.\nReached: 2 (Matrix 1, Telegram 1)")
    olga.taps("Other words")
    olga.says("The bus leaves at five.")
    assert olga.newest.text.startswith("This is how it arrives on Telegram and Matrix.\nReached: 2")
    olga.taps("Add a picture")
    olga.sends(Kind.FILE, "", "image/png", photo())
    assert olga.newest.text.startswith(
        "This is how it arrives on Telegram and Matrix. On Matrix the text follows the picture as a message of its own."
    )
