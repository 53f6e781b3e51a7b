"""Photos and voice messages on their way to the team."""

import io
import json
from base64 import b64decode

import pytest
from PIL import Image
from sqlalchemy import select

from bot.dialogue.attaching import MOST
from bot.dialogue.message import Kind
from bot.domain.roles import Role
from bot.store.tables import answers, attachments
from tests.messenger import Shown
from tests.service.looking import Change, Look
from tests.service.test_partnering import joins
from tests.stage import Person, Stage


def photo(colour: str = "green") -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (3000, 2000), colour).save(content, "PNG")
    return content.getvalue()


def kept(stage: Stage) -> list[tuple[str, bytes]]:
    with stage.installation.engine.connect() as tx:
        return [(row.mime, row.content) for row in tx.execute(select(attachments).order_by(attachments.c.id))]


def answered(stage: Stage) -> Person:
    petra = stage.maker("Petra")
    petra.says("/update")
    petra.says("on track")
    petra.hears()
    return petra


def test_a_photo_after_an_answer_is_kept_small_and_its_caption_is_the_sentence(stage: Stage) -> None:
    petra = answered(stage)
    petra.sends(Kind.FILE, "The bench stands.", "image/png", photo())
    assert "BER-001" in petra.hears()[-1]
    ((mime, content),) = kept(stage)
    assert mime == "image/jpeg"
    assert max(Image.open(io.BytesIO(content)).size) == 1600
    with stage.installation.engine.connect() as tx:
        assert tx.execute(select(answers.c.note)).scalar_one() == "The bench stands."


def test_the_sentence_may_follow_the_photo(stage: Stage) -> None:
    petra = answered(stage)
    petra.sends(Kind.FILE, mime="image/png", content=photo())
    petra.says("The bench stands.")
    assert "kept with it" in petra.hears()[-1]


def test_the_same_update_twice_is_kept_once(stage: Stage) -> None:
    petra = answered(stage)
    stage.platform.files["f"] = photo()
    again = petra.incoming(kind=Kind.FILE, file="f", file_mime="image/png")
    stage.takes(again)
    stage.takes(again)
    assert len(kept(stage)) == 1


def test_what_is_no_picture_is_refused_in_one_line(stage: Stage) -> None:
    petra = answered(stage)
    for mime, content in (("application/pdf", b"%PDF"), ("image/png", b"no picture"), ("video/mp4", b"x")):
        petra.sends(Kind.FILE, mime=mime, content=content)
        (said,) = petra.hears()
        assert "\n" not in said
    assert kept(stage) == []


def test_there_is_room_for_a_few_only(stage: Stage) -> None:
    petra = answered(stage)
    for _ in range(MOST + 2):
        petra.sends(Kind.FILE, mime="image/png", content=photo())
    assert len(kept(stage)) == MOST
    assert str(MOST) in petra.hears()[-1]


def test_a_stranger_s_photo_is_neither_fetched_nor_kept(stage: Stage) -> None:
    stranger = stage.person("Nobody", "en")
    stranger.sends(Kind.FILE, mime="image/png", content=photo())
    stranger.sends(Kind.VOICE, mime="audio/ogg", content=b"OggS")
    assert kept(stage) == []


def test_a_voice_message_is_kept_only_where_that_is_wished(stage: Stage) -> None:
    petra = answered(stage)
    petra.sends(Kind.VOICE, mime="audio/ogg", content=b"OggS first")
    assert "one sentence" in petra.hears()[-1]
    assert kept(stage) == []
    petra.sends(Kind.VOICE, mime="audio/ogg", content=b"OggS second")
    petra.taps("Keep it")
    petra.taps("Keep it", on=petra.stage.platform.told(petra.address)[-2])
    assert kept(stage) == [("audio/ogg", b"OggS second")]


def test_a_partner_sends_evidence_too(stage: Stage) -> None:
    bert = joins(stage, stage.maker("Anna"))
    bert.says("/update")
    bert.taps("On track")
    bert.hears()
    bert.sends(Kind.FILE, "The bench stands.", "image/png", photo())
    assert "kept with BER-001" in bert.hears()[-1]
    with stage.installation.engine.connect() as tx:
        assert tx.execute(select(attachments.c.person_id)).scalars().all() == [2]
        assert tx.execute(select(answers.c.person_id, answers.c.note)).all() == [(2, "The bench stands.")]


def test_whoever_has_left_keeps_nothing_any_more(stage: Stage) -> None:
    anna = stage.maker("Anna")
    bert = joins(stage, anna)
    bert.says("/update")
    bert.sends(Kind.VOICE, mime="audio/ogg", content=b"OggS")
    offer = bert.newest
    bert.says("/partner")
    bert.taps("Yes")
    bert.taps("Keep it", on=offer)
    assert kept(stage) == []


class TestTheTeamLooksAtIt:
    @pytest.fixture
    def olga(self, stage: Stage) -> Person:
        """An organiser; Petra, who called for help, has sent a photo and a voice message."""
        stage.team_code("TEAM2345")
        olga = stage.person("Olga", "en")
        olga.says("/start TEAM2345")
        olga.taps("Yes")
        petra = stage.maker("Petra")
        petra.says("/update The crane is missing")
        petra.taps("Stuck")
        petra.taps("Yes, please help")
        petra.sends(Kind.FILE, mime="image/png", content=photo())
        petra.sends(Kind.VOICE, mime="audio/ogg", content=b"OggS")
        petra.taps("Keep it")
        olga.hears()
        return olga

    def shown(self, olga: Person) -> list[tuple[str, str, str]]:
        files = [(shown.text, shown.message.attachment) for shown in olga.chat[-2:]]
        return [(text, file.name, file.mime) for text, file in files if file]

    def test_on_the_card_of_a_call(self, olga: Person, look: Look) -> None:
        olga.says("/calls")
        olga.taps("BER-001")
        assert olga.newest.labels[-1] == "Show 2 files"
        olga.taps("Show 2 files")
        assert self.shown(olga) == [
            ("BER-001 · Wednesday, 9 July", "BER-001-1.jpg", "image/jpeg"),
            ("BER-001 · Wednesday, 9 July", "BER-001-2.ogg", "audio/ogg"),
        ]
        assert look("audit", "action")[-1] == "ShowingCall"
        assert {content for content in look("outbox", "file_content") if content} == set()  # sent, and no copy stays

    def test_on_one_pledge_in_detail(self, olga: Person) -> None:
        olga.says("/open BER-001")
        said = olga.hears()[-1]
        assert "BER-001 We open a citizens' office" in said and "“The crane is missing”" in said
        olga.taps("Show 2 files")
        assert len(self.shown(olga)) == 2

    def test_a_reader_sees_where_it_stands_and_no_more(self, stage: Stage, olga: Person) -> None:
        stage.team_code("TEAM6789", Role.READER)
        rita = stage.person("Rita", "en")
        rita.says("/start TEAM6789")
        rita.taps("Yes")
        rita.hears()
        rita.says("/open BER-001")
        [said] = rita.hears()
        assert "🔴 Stuck" in said and "crane" not in said
        assert rita.newest.labels == []
        assert olga.chat

    def test_nobody_of_another_team(self, stage: Stage, olga: Person) -> None:
        other = stage.workshop("Werkstatt Eutin", letters="EUT", code="EFGH2345")
        stage.team_code("TEAM6789", workshop_id=other.id)
        otto = stage.person("Otto", "en")
        otto.says("/start TEAM6789")
        otto.taps("Yes")
        otto.says("/open BER-001")
        assert "I find no pledge of your workshops" in otto.hears()[-1]
        olga.says("/open BER-001")
        button = olga.newest
        assert "no longer open" in _tap(otto, button).casefold()

    def test_an_organiser_who_is_none_any_more(self, stage: Stage, olga: Person, change: Change) -> None:
        olga.says("/open BER-001")
        button = olga.newest
        change("DELETE FROM roles")
        before = len(olga.chat)
        olga.taps("Show 2 files", on=button)
        assert [shown for shown in olga.chat[before:] if shown.message.attachment] == []


def _tap(person: Person, shown: Shown) -> str:
    """Somebody else's button."""
    return person.taps(0, on=shown)


def test_everything_about_me_includes_the_files_and_erasing_takes_them(stage: Stage) -> None:
    petra = answered(stage)
    petra.sends(Kind.FILE, mime="image/png", content=photo())
    petra.says("/my_data")
    attachment = petra.newest.message.attachment
    assert attachment is not None
    (file,) = json.loads(attachment.content)["rows"]["attachments"]
    assert b64decode(file["content"]) == kept(stage)[0][1]
    petra.says("/delete")
    petra.taps("Yes")
    assert kept(stage) == []
