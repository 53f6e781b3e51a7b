"""The picture of a broadcast is fetched, made small and kept with its draft; then its author is asked on."""

from sqlalchemy import Connection

from bot.dialogue.effects import Redraft
from bot.dialogue.jobs import Job, KeepPicture
from bot.dialogue.message import Attachment, Incoming, Platform, Say
from bot.dialogue.organising import picturing
from bot.dialogue.scene import Scene
from bot.documents import picture
from bot.service import releasing
from bot.service.codes import Guard
from bot.service.installation import Installation
from bot.service.looking_up import StoredFacts
from bot.service.working import CarryOut, Conclude, Tell
from bot.store import broadcasts, channels, people
from bot.texts import Speaker


def keep_picture(tx: Connection, installation: Installation, job: Job, t: Speaker) -> CarryOut:
    """The picture, without what it tells of place and device; once it is there the dialogue goes on."""
    assert isinstance(job, KeepPicture)
    name = t.plain("picture") + ".jpg"

    def carry_out(content: bytes, tell: Tell) -> Conclude:
        small = picture.shrink(content)
        return lambda tx: write(tx, small)

    def write(tx: Connection, content: bytes | None) -> tuple[Say, ...]:
        if broadcasts.by_id(tx, job.broadcast_id) is None:
            return ()
        if content is None:
            return picturing.refused(_scene(tx, installation, job.broadcast_id, t), job.broadcast_id).says
        broadcasts.illustrate(tx, job.broadcast_id, Attachment(name, picture.MIME, content))
        turn = picturing.kept(_scene(tx, installation, job.broadcast_id, t), job.broadcast_id)
        for effect in turn.effects:
            assert isinstance(effect, Redraft)
            releasing.redraft(tx, effect.broadcast)
        return turn.says

    return carry_out


def _scene(tx: Connection, installation: Installation, broadcast_id: int, t: Speaker) -> Scene:
    """The author's chat at this moment. It is a private one: who writes there has its address."""
    now, rules = installation.now(), installation.rules
    place = broadcasts.card(tx, broadcast_id)
    chat = (place.channel, place.address)
    person, _ = people.at(tx, *chat) or (None, None)
    platform, _ = channels.handles(tx).get(place.channel, (Platform.TELEGRAM, ""))
    return Scene(
        message=Incoming(place.channel, "", place.address, place.address, platform=Platform(platform)), t=t, now=now,
        today=now.astimezone(person.zone if person else rules.zone).date(),
        facts=StoredFacts(tx, rules, now, chat, place.address, person, Guard()), person=person,
    )  # fmt: skip
