"""Events of Matrix in our words, and signs."""

from typing import Any

import pytest

from adapters.matrix.reading import Me, Place, read
from adapters.matrix.rooms import invitation, is_allowed
from adapters.matrix.signs import DIGITS, meant, offered
from bot.dialogue.message import Incoming, Kind

ME = Me("@bot:example.org", "Worthalten")
CHAT, GROUP = Place("!chat", private=True), Place("!group", private=False)
REPLY = {"m.in_reply_to": {"event_id": "$q"}}


def event(content: Any, kind: str = "m.room.message", sender: str = "@anna:example.org") -> dict[str, Any]:
    return {"type": kind, "event_id": "$e", "sender": sender, "content": content}


def said(content: Any, place: Place = CHAT) -> Incoming | None:
    return read(event(content), place, "matrix", ME)


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        ({"msgtype": "m.text", "body": "läuft"}, Kind.TEXT, "läuft"),
        ({"msgtype": "m.emote", "body": "winkt"}, Kind.TEXT, "winkt"),
        ({"msgtype": "m.image", "body": "bild.jpg"}, Kind.FILE, ""),
        ({"msgtype": "m.image", "body": "Baubeginn!", "filename": "bild.jpg"}, Kind.FILE, "Baubeginn!"),
        ({"msgtype": "m.audio", "body": "stimme.ogg"}, Kind.VOICE, ""),
        ({"msgtype": "m.location", "body": "hier"}, Kind.OTHER, ""),
        ({"msgtype": "m.text", "body": "* neu", "m.new_content": {"msgtype": "m.text", "body": "neu"},
          "m.relates_to": {"rel_type": "m.replace", "event_id": "$o"}}, Kind.EDIT, "neu"),
        ({"msgtype": "m.text", "body": "> <@bot:x> Frage\n> noch eine\n\nja", "m.relates_to": REPLY}, Kind.TEXT, "ja"),
        ({"msgtype": "m.text", "body": "> ein Zitat"}, Kind.TEXT, "> ein Zitat"),
    ],
)  # fmt: skip
def test_messages(content: dict[str, Any], kind: Kind, text: str) -> None:
    heard = said(content)
    assert heard and (heard.kind, heard.text) == (kind, text)
    assert heard.message_id == ("$o" if kind is Kind.EDIT else "$e")


def test_replies_and_threads() -> None:
    heard = said({"msgtype": "m.text", "body": "ja", "m.relates_to": REPLY})
    assert heard and heard.reply_to == "$q"
    thread = {"rel_type": "m.thread", "event_id": "$t", "is_falling_back": True} | REPLY
    heard = said({"msgtype": "m.text", "body": "ja", "m.relates_to": thread})
    assert heard and heard.reply_to is None


@pytest.mark.parametrize(
    "content",
    [
        {}, {"msgtype": "m.notice", "body": "x"}, {"msgtype": "m.server_notice", "body": "x"}, {"body": "x"}, None, "x",
        {"msgtype": "m.key.verification.request", "body": "x"}, {"msgtype": "m.text", "m.relates_to": "x"},
        {"msgtype": "m.text", "m.relates_to": {"rel_type": "m.replace"}},
    ],
)  # fmt: skip
def test_what_is_not_answered(content: Any) -> None:
    assert said(content) is None


@pytest.mark.parametrize("kind", ["m.poll.response", "org.matrix.msc3381.poll.response"])
def test_a_vote_is_a_sign(kind: str) -> None:
    relation = {"rel_type": "m.reference", "event_id": "$q"}
    vote = {"m.relates_to": relation, "m.selections": ["2"], "org.matrix.msc3381.poll.response": {"answers": ["2"]}}
    heard = read(event(vote, kind), CHAT, "matrix", ME)
    assert heard and (heard.kind, heard.text, heard.reply_to) == (Kind.REACTION, "2", "$q")
    assert read(event({"m.relates_to": relation, "m.selections": []}, kind), CHAT, "matrix", ME) is None


@pytest.mark.parametrize("place", ["event", "content"])
def test_taking_back(place: str) -> None:
    told = event({"redacts": "$r"} if place == "content" else {}, "m.room.redaction")
    heard = read(told | ({"redacts": "$r"} if place == "event" else {}), CHAT, "matrix", ME)
    assert heard and (heard.kind, heard.message_id) == (Kind.RETRACTED, "$r")


def test_the_bot_does_not_hear_itself() -> None:
    assert read(event({"msgtype": "m.text", "body": "x"}, sender=ME.user), CHAT, "matrix", ME) is None


@pytest.mark.parametrize(
    ("body", "text", "addressed"),
    [
        ("Worthalten: !status", "!status", True), ("@bot hallo", "hallo", True), ("bot, hallo", "hallo", True),
        ("@bot:example.org hallo", "hallo", True), ("frag @bot:example.org", "frag @bot:example.org", True),
        ("der Roboter", "der Roboter", False), ("botanisch", "botanisch", False),
    ],
)  # fmt: skip
def test_names_in_groups(body: str, text: str, addressed: bool) -> None:
    heard = said({"msgtype": "m.text", "body": body}, GROUP)
    assert heard and (heard.text, heard.addressed, heard.private, heard.address) == (text, addressed, False, "!group")


def test_mentions_in_groups() -> None:
    heard = said({"msgtype": "m.text", "body": "hallo", "m.mentions": {"user_ids": [ME.user]}}, GROUP)
    assert heard and heard.addressed


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("1️⃣", "1"),
        ("1⃣", "1"),
        ("②", "2"),
        ("🔟", "10"),
        ("👍🏿", "👍"),
        ("👍️", "👍"),
        ("✔️", "✅"),
        ("❤️", "❤"),
        ("3", "3"),
    ],
)
def test_signs(key: str, meant: str) -> None:
    content = {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$q", "key": key}}
    heard = read(event(content, "m.reaction"), CHAT, "matrix", ME)
    assert heard and (heard.kind, heard.text, heard.reply_to) == (Kind.REACTION, meant, "$q")


def test_signs_that_are_offered() -> None:
    assert [meant(sign) for sign in offered(10)] == [str(number) for number in range(1, 11)]
    assert offered(11) == () and offered(2) == DIGITS[:2]


@pytest.mark.parametrize(
    ("servers", "allowed"), [((), True), (("example.org",), True), (("EXAMPLE.org",), True), (("b.org",), False)]
)
def test_who_may_invite(servers: tuple[str, ...], allowed: bool) -> None:
    state = {"events": [
        {"type": "m.room.member", "state_key": "@c:b.org", "sender": "@x:b.org", "content": {"membership": "invite"}},
        {"type": "m.room.member", "state_key": ME.user, "sender": "@anna:example.org",
         "content": {"membership": "invite", "is_direct": True}},
    ]}  # fmt: skip
    assert invitation(state, ME.user) == ("@anna:example.org", True)
    assert is_allowed("@anna:example.org", servers, ME.user) is allowed
    assert not is_allowed("", servers, ME.user)


@pytest.mark.parametrize(
    "content", [{"url": "mxc://e/1"}, {"file": {"url": "mxc://e/1", "key": {"k": "x"}}}], ids=["open", "encrypted"]
)
@pytest.mark.parametrize("msgtype", ["m.image", "m.audio"])
def test_where_a_file_lies_and_what_it_is(content: dict[str, Any], msgtype: str) -> None:
    told = said({"msgtype": msgtype, "body": "bild.png", "info": {"mimetype": "image/png"}, **content})
    assert told and told.file_mime == "image/png"
    assert "mxc://e/1" in told.file


@pytest.mark.parametrize("content", [{}, {"url": 7}, {"url": "mxc://e/1", "info": {"mimetype": []}}])
def test_a_file_that_lies_nowhere_or_is_nothing_is_told_as_such(content: dict[str, Any]) -> None:
    told = said({"msgtype": "m.image", "body": "bild.png", **content})
    assert told and told.kind is Kind.FILE
    assert told.file_mime == ""
