"""Photos and voice messages on their way to the team."""

import io
import json
from base64 import b64decode

from PIL import Image
from sqlalchemy import select

from bot.dialogue.attaching import MOST
from bot.dialogue.message import Kind
from bot.store.tables import answers, attachments
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
