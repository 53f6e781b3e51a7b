"""What is stored about me, and how it goes away."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from markupsafe import Markup

from bot.dialogue.effects import Erase
from bot.dialogue.finding import detail
from bot.dialogue.message import Attachment, Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.dialogue.words import OUTCOMES, ROLES, WEEKDAYS, WINDOWS, address_of, standing_label
from bot.domain.pledge import Outcome, Standing
from bot.domain.quiet_times import Window
from bot.domain.roles import Role
from bot.texts import LANGUAGES


@dataclass(frozen=True, slots=True)
class ConfirmingErasure(State):
    """Really erase everything?"""

    context: ClassVar = Context.CONSENT


def policy(scene: Scene, text: str = "") -> Turn:
    """`/datenschutz`, for everyone."""
    t = scene.t
    said = t(
        "<b>Privacy</b>\n"
        "<b>Who:</b> {responsible} is responsible and answers your questions.\n"
        "<b>What:</b> your pledge, your answers, your settings and {address}; no party, no address. It is for"
        " asking how your pledge is getting on. You agreed to that of your own free will and can take it back at"
        " any time.\n"
        "<b>Who reads it:</b> the team of your workshop and your partners, others only what you release. Messages pass "
        "through your messenger's servers; on Telegram they are not end-to-end encrypted.\n"
        "<b>How long:</b> until six months after the date of your pledge; without a pledge, until six months after "
        "your last workshop.\n"
        "<b>Your rights:</b> /my_data shows you everything, /edit corrects it, /delete erases it, /stop ends all "
        "messages. With complaints you can also turn to the data protection authority of your Land.",
        address=address_of(t, scene.message.platform), responsible=scene.facts.responsible,
    )  # fmt: skip
    return Turn((Say(said),), keep=True)


def my_data(scene: Scene, text: str = "") -> Turn:
    """`/meine_daten`: a readable text and the same as JSON, at once."""
    t = scene.t
    data = scene.facts.everything()
    content = json.dumps(data, ensure_ascii=False, indent=2, default=str).encode()
    name = t.plain("my-data") + ".json"
    intro = t("This is everything that I have stored about you. The file holds the same, for a computer.")
    body = Markup("\n").join(_readable(scene, data))
    file = Attachment(name, "application/json", content)
    return Turn((Say(Markup("{}\n\n{}").format(intro, body), attachment=file),),
                keep=True)  # fmt: skip


def _readable(scene: Scene, data: Mapping[str, Any]) -> Iterator[Markup]:
    """The same in sentences: a line for each thing that is stored."""
    t, settings = scene.t, data["settings"]
    yield t("Here since {day}", day=_day(scene, data["since"]))
    for account in data["accounts"]:
        yield t("Chat: {channel}, {address}", channel=account["channel"], address=account["chat"])
    for consent in data["consents"]:
        yield t("Consent: {day}, version {version}", day=_day(scene, consent["at"]), version=consent["version"])
    if data["workshops"]:
        yield t("Workshops: {names}", names=", ".join(data["workshops"]))
    weekday, window = WEEKDAYS[settings["weekday"]], WINDOWS[Window(settings["window"])]
    yield t(
        "Settings: {language}; {weekday}; {window}; time zone {zone}",
        language=LANGUAGES[settings["language"]], weekday=t(weekday), window=t(window),
        zone=settings["time_zone"],
    )  # fmt: skip
    if settings["paused_until"]:
        yield t("Pause until {day}", day=_day(scene, settings["paused_until"]))
    if settings["stopped"]:
        yield t("No messages wanted")
    for pledge in scene.facts.pledges():
        yield Markup("\n") + detail(scene, pledge).text
    for answer in data["answers"]:
        said = Standing(answer["standing"]) if answer["standing"] else None
        ended = Outcome(answer["outcome"]) if answer["outcome"] else None
        words = (standing_label(t, said) if said else "", t.plain(OUTCOMES[ended]) if ended else "", answer["note"])
        yield t(
            "{day}, {reference}: {answer}",
            day=_day(scene, answer["at"]), reference=answer["pledge"], answer=" – ".join(filter(None, words)),
        )  # fmt: skip
    for part in data["beside"]:
        yield t("In on {reference} since {day}, as “{name}”", reference=part["pledge"], day=_day(scene, part["since"]),
                name=part["name"])  # fmt: skip
    for code in data["invitations"]:
        yield t("Invitation for “{name}”, until {day}", name=code["name"], day=_day(scene, code["until"]))
    for kept in data["files"]:
        yield t("File with {reference}, {day}: it is in the attachment", reference=kept["pledge"],
                day=_day(scene, kept["at"]))  # fmt: skip
    for call in data["calls_for_help"]:
        about = " ".join(filter(None, (call["pledge"], call["obstacle"])))
        yield t("Call for help, {day}: {about}", day=_day(scene, call["at"]), about=about)
    for held in data["roles"]:
        roles = ", ".join(t.plain(ROLES[Role(role)]) for role in held["roles"])
        yield t("Team: {workshop}, {roles}", workshop=held["workshop"], roles=roles)
    if data["actions"]:
        yield t.plural(
            "Log of the team: {count} entry, in the file",
            "Log of the team: {count} entries, in the file",
            len(data["actions"]),
        )


def _day(scene: Scene, iso: str) -> str:
    return scene.t.day(scene.facts.day_of(datetime.fromisoformat(iso)) if "T" in iso else date.fromisoformat(iso))


def delete(scene: Scene, text: str = "") -> Turn:
    """`/loeschen`: asks once, because there is no way back."""
    t = scene.t
    said = t(
        "Shall I erase everything that I have stored about you, on all your accounts? That cannot be undone.\n\n"
        "I take my messages back as far as the messenger allows.\n"
        "What stays: copies in your own chat and on other servers, the text of a joint pledge without your name, a "
        "bare number in the report, and for two weeks backups that do not bring you back."
    )
    choices = (Choice("yes", t.plain("Yes, erase everything")), Choice("no", t.plain("No, keep it")))
    return Turn((Say(said, choices, ConfirmingErasure()),))


def erasure(state: ConfirmingErasure, scene: Scene) -> Turn | None:
    """Erased, or not."""
    t = scene.t
    if scene.choice == "no":
        return Turn((Say(t("Good, everything stays."), quiet=True),))
    if scene.choice != "yes":
        return None
    said = t("Everything about you is erased. What is still in this chat, only you can delete. All the best!")
    return Turn((Say(said),), (Erase(scene.now),))
