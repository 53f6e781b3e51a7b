"""What people do on Telegram, in our words."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.telegram.reading import Me, query_id, read
from bot.dialogue.message import Incoming, Kind, Tap
from tests.telegram_server import Media, Message, Person, TelegramServer

ME = Me(123456, "worthalten_bot")


@pytest.fixture
def server() -> Iterator[TelegramServer]:
    server = TelegramServer()
    server.updates.allowed = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"]
    return server


@pytest.fixture
def anna(server: TelegramServer) -> Person:
    return server.person("Anna", language="en")


def newest(server: TelegramServer) -> Incoming | None:
    return read(server.updates.pending[-1], "tg", ME)


def prompt(server: TelegramServer, anna: Person, data: str = "p7.1") -> Message:
    markup = {"inline_keyboard": [[{"text": "Läuft", "callback_data": data}]]}
    return server.add(anna.home, server.me, "Wie steht es?", markup=markup)


def test_a_message(server: TelegramServer, anna: Person) -> None:
    message = anna.says("/start ABC")
    update_id = str(server.updates.pending[-1]["update_id"])
    assert newest(server) == Incoming(
        "tg", update_id, "1001", "1001", Kind.TEXT, "/start ABC", None, str(message.id), None, "en", True, True
    )


def test_a_tap(server: TelegramServer, anna: Person) -> None:
    message = prompt(server, anna)
    tap = anna.taps("Läuft")
    told = newest(server)
    assert told and (told.kind, told.tap, told.message_id) == (Kind.TAP, Tap("p7", 1), str(message.id))
    assert query_id(server.updates.pending[-1]) == tap.id


@pytest.mark.parametrize("data", ["", "p7", "p7.x", ".1", "p7.²", "p7.-1", "p7.99999", "😀"])
def test_a_tap_with_odd_data(server: TelegramServer, anna: Person, data: str) -> None:
    anna.taps_data(prompt(server, anna), data)
    told = newest(server)
    assert told and (told.kind, told.tap, told.address) == (Kind.OTHER, None, "1001")


def test_an_edit_and_a_reply(server: TelegramServer, anna: Person) -> None:
    message = anna.replies(prompt(server, anna), "leuft")
    told = newest(server)
    assert told and told.reply_to == str(message.id - 1)
    anna.edits(message, "läuft")
    told = newest(server)
    assert told and (told.kind, told.text, told.message_id) == (Kind.EDIT, "läuft", str(message.id))


def test_voice_and_files_and_the_rest(server: TelegramServer, anna: Person) -> None:
    round_video = server.store(b"mp4", "v.mp4") | {"length": 200, "duration": 2}
    told = []
    for send in (
        anna.sends_voice,
        lambda: anna.sends(Media("video_note", round_video)),
        lambda: anna.sends(Media("audio", server.store(b"mp3", "a.mp3") | {"duration": 2})),
        lambda: anna.sends_photo(caption="unser Platz"),
        lambda: anna.sends_document("liste.csv", b"a;b"),
        anna.sends_sticker,
        lambda: anna.sends(Media("location", {"latitude": 52.5, "longitude": 13.4})),
    ):
        send()
        incoming = newest(server)
        assert incoming
        told.append((incoming.kind, incoming.text))
        assert bool(incoming.file) == (incoming.kind is not Kind.OTHER)
    voice, file, other = (Kind.VOICE, ""), (Kind.FILE, ""), (Kind.OTHER, "")
    assert told == [voice, voice, voice, (Kind.FILE, "unser Platz"), file, other, other]


def test_blocking_and_coming_back(server: TelegramServer, anna: Person) -> None:
    anna.blocks()
    told = newest(server)
    assert told and (told.kind, told.address) == (Kind.BLOCKED, "1001")
    anna.returns()
    told = newest(server)
    assert told and told.kind is Kind.RETURNED


def test_a_group_that_moves_tells_its_new_address_once(server: TelegramServer, anna: Person) -> None:
    group = server.group("Runde")
    fresh = server.migrate(group, anna)
    told = [read(update, "tg", ME) for update in server.updates.pending]
    assert told[0] and (told[0].kind, told[0].address, told[0].text) == (Kind.MOVED, str(group.id), str(fresh.id))
    assert told[1] is None


@pytest.mark.parametrize(
    ("text", "read_as", "addressed"),
    [
        ("hallo zusammen", "hallo zusammen", False),
        ("/status", "/status", False),
        ("/status@Worthalten_Bot BER-042", "/status BER-042", True),
        ("/status@other_bot BER-042", "/status@other_bot BER-042", False),
        ("@worthalten_bot: hilfe", "hilfe", True),
        ("was meint @worthalten_bot dazu?", "was meint @worthalten_bot dazu?", True),
        ("an info@worthalten_bot.de", "an info@worthalten_bot.de", False),
        ("@worthalten_bot2 hilfe", "@worthalten_bot2 hilfe", False),
    ],
)
def test_in_a_group_the_bot_is_addressed_by_name(
    server: TelegramServer, anna: Person, text: str, read_as: str, addressed: bool
) -> None:
    anna.says(text, server.group("Runde"))
    told = newest(server)
    assert told and (told.private, told.addressed, told.text) == (False, addressed, read_as)


def test_in_a_group_a_reply_to_the_bot_addresses_it(server: TelegramServer, anna: Person) -> None:
    group = server.group("Runde")
    anna.replies(server.add(group, server.me, "Guten Tag"), "danke")
    told = newest(server)
    assert told and told.addressed
    anna.replies(server.add(group, server.person("Bernd").user, "Guten Tag"), "danke")
    told = newest(server)
    assert told and not told.addressed


def test_a_thumb_is_a_reaction_and_other_reactions_are_none(server: TelegramServer, anna: Person) -> None:
    message = prompt(server, anna)
    anna.reacts(message, "👍")
    told = newest(server)
    assert told and (told.kind, told.text, told.reply_to) == (Kind.REACTION, "👍", str(message.id))
    anna.reacts(message, "")
    taken_back = newest(server)
    assert taken_back and (taken_back.kind, taken_back.message_id) == (Kind.RETRACTED, told.message_id)
    anna.reacts(message, "🔥")
    assert newest(server) is None


WHERE = {"chat": {"id": 7, "type": "private"}, "from": {"id": 7, "is_bot": False, "first_name": "A"}}


@pytest.mark.parametrize(
    "body",
    [
        {"message": WHERE},
        {"message": WHERE | {"message_id": "x", "date": "y", "text": 5}},
        {"message": WHERE | {"message_id": 1, "date": 1, "text": ["a"]}},
        {"callback_query": {"from": WHERE["from"], "message": WHERE}},
        {"brand_new": WHERE},
    ],
)
def test_what_cannot_be_read_is_other(body: dict[str, Any]) -> None:
    told = read({"update_id": 3} | body, "tg", ME)
    assert told == Incoming("tg", "3", "7", "7", Kind.OTHER, private=True, addressed=True)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["chat", "from", "id", "text", "message", "date", "type", "data"]), inner)
    ),
    max_leaves=12,
)
KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "message_reaction", "poll", "channel_post")


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(("update_id", *KINDS)), JSON))
def test_nothing_raises(raw: dict[str, Any]) -> None:
    told = read(raw, "tg", ME)
    assert told is None or told.address
