"""Workshops, as their teams see them."""

from markupsafe import Markup

from bot.dialogue.message import Say, Turn
from bot.dialogue.scene import Scene
from bot.domain.roles import Right
from bot.domain.workshop import Workshop


def workshops(scene: Scene, text: str) -> Turn:
    """`/werkstatt`: those that the writer belongs to the team of."""
    found = scene.facts.workshops_with(Right.READ)
    if not found:
        return Turn((Say(scene.t("There is no workshop yet.")),), keep=True)
    return Turn((Say(Markup("\n\n").join(_line(scene, workshop) for workshop in found)),), keep=True)


def _line(scene: Scene, workshop: Workshop) -> Markup:
    return scene.t(
        "<b>{letters}</b> {name}\n{day}, {land} · code <code>{code}</code>",
        letters=workshop.letters, name=workshop.name, day=scene.t.day(workshop.day), land=workshop.land.label,
        code=workshop.code,
    )  # fmt: skip
