"""A new pledge: one sentence, then the card. Everything else has a default and can be added later."""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.dates import find_days
from bot.dialogue.effects import Register
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.words import VISIBILITIES
from bot.domain.pledge import TEXT_LIMIT, Pledge, Stage
from bot.domain.workshop import Workshop

NOTHING = Markup()
_UNTIL = re.compile(r"\b(?:bis|by|until)\b(.{2,40})", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class AskingSentence(State):
    """What do you want to do?"""

    workshop_id: int
    takes_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AskingWorkshop(State):
    """For which of your workshops is the new pledge? `text` was typed with the command, perhaps."""

    text: str


@dataclass(frozen=True, slots=True)
class ShowingCard(State):
    """The card of a pledge, with what can be done to it."""

    reference: str
    optional: ClassVar[bool] = True


def new(scene: Scene, text: str) -> Turn:
    """`/neu`, with the sentence or without."""
    workshops = scene.facts.workshops()
    if not workshops:  # somebody of a team or beside a maker, who has joined no workshop for themselves
        return Turn((
            Say(scene.t("For a pledge of your own please send me the code of your workshop first.")),
        ), keep=True)  # fmt: skip
    if len(workshops) == 1:
        return _begin(scene, workshops[0], text)
    choices = tuple(Choice(str(workshop.id), workshop.name) for workshop in workshops)
    return Turn((Say(scene.t("For which workshop is your pledge?"), choices, AskingWorkshop(text)),))


def workshop(state: AskingWorkshop, scene: Scene) -> Turn | None:
    """The workshop was chosen."""
    if not scene.choice:
        return None
    return _begin(scene, scene.facts.workshop(int(scene.choice)), state.text)


def _begin(scene: Scene, workshop: Workshop, text: str) -> Turn:
    return register(scene, workshop, text) if text else Turn((ask_sentence(scene, workshop),))


def ask_sentence(scene: Scene, workshop: Workshop) -> Say:
    """The only question of a registration."""
    return Say(
        scene.t(
            "What have you set out to do? One sentence is enough, for example:\n"
            "<i>We will open a citizens' office in the old station by the end of October.</i>"
        ),
        asks=AskingSentence(workshop.id),
    )


def sentence(state: AskingSentence, scene: Scene) -> Turn | None:
    """The sentence has come."""
    return register(scene, scene.facts.workshop(state.workshop_id), scene.text)


def register(scene: Scene, workshop: Workshop, text: str) -> Turn:
    """Take the sentence as a pledge and show its card; a second look where it can hardly be one."""
    t = scene.t
    text = text.strip()
    if problem := unfit(scene, text):
        return Turn((Say(problem, asks=AskingSentence(workshop.id)),))
    due = promised_day(text, scene.today, workshop) or max(workshop.deadline, scene.today)
    pledge = Pledge(
        reference=scene.facts.reserve_reference(workshop.id), workshop_id=workshop.id, text=text, due=due,
        stage=Stage.RUNNING, registered=scene.today,
    )  # fmt: skip
    return Turn(
        (card(scene, pledge, intro=t("Thank you, this is how I have noted it:")),),
        (Register(pledge.reference, workshop.id, text, due),),
    )


def unfit(scene: Scene, text: str) -> Markup:
    """Why these words cannot be the text of a pledge, with the remedy; "" when they can."""
    t = scene.t
    if len(text) > TEXT_LIMIT:
        return t(
            "That is {count} characters; I can keep {limit}. Please put it more briefly.",
            count=len(text), limit=TEXT_LIMIT,
        )  # fmt: skip
    if sum(char.isalpha() for char in text) < 3:
        return t("That is very short. What have you set out to do? One sentence is enough.")
    return Markup()


def promised_day(text: str, today: date, workshop: Workshop) -> date | None:
    """The day that the sentence itself promises ("bis Ende Oktober"), if it names exactly one that can be."""
    days = {day for match in _UNTIL.finditer(text) for day in find_days(match[1], today)}
    return next(iter(days)) if len(days) == 1 and all(today < day <= workshop.latest for day in days) else None


def card(
    scene: Scene, pledge: Pledge, *, intro: Markup = NOTHING, details: Markup = NOTHING, asked: bool = True
) -> Say:
    """The card of a running pledge: number, sentence, date, when the next question comes, who may read it.

    `intro` stands above it, `details` between the sentence and the rest. `asked` False: it is somebody else's, who is
    the one that is asked.
    """
    t = scene.t
    lines = [intro, t("<b>{reference}</b>\n{text}\n", reference=pledge.reference, text=pledge.text)]
    lines.append(details)
    lines.append(t("Date: {day}", day=t.day(pledge.due)))
    if pledge.due_note:
        lines.append(t("Noted for that: “{note}”", note=pledge.due_note))
    if asked and (question := scene.facts.next_question(pledge)):
        lines.append(t("I will ask you next: {day}", day=t.day(scene.facts.day_of(question.at))))
    lines.append(t("Who can read it: {who}", who=t(VISIBILITIES[pledge.visibility])))
    choices = (Choice("add", t.plain("Add details")), Choice("change", t.plain("Change")))
    return Say(Markup("\n").join(filter(None, lines)), choices, ShowingCard(pledge.reference))
