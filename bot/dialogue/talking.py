"""A talk between somebody who called for help and the team, through the bot: both write, the bot passes it on.

Who answers stays "the team". What is said is kept nowhere: it is gone as soon as it has been passed on.
"""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.organising.help_desk import TalkingToCaller, name_of, talk
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.team_effects import AgreeToMeet, RateHelp, TellCaller, TellTeam
from bot.dialogue.understanding import Context
from bot.domain.call import Call, Reach
from bot.texts import Speaker

LONGEST = 3000
"""So many characters are passed on in one message: with what is said around them it fits on every platform."""


@dataclass(frozen=True, slots=True)
class TalkingToTeam(State):
    """Whatever whoever called writes goes to the team."""

    call_id: int
    takes_text: ClassVar[bool] = True
    talks: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class RatingHelp(State):
    """Did it help?"""

    call_id: int
    context: ClassVar = Context.YESNO


@dataclass(frozen=True, slots=True)
class AskingToMeet(State):
    """Do you want to get to know somebody with a like obstacle?"""

    introduction_id: int
    caller: bool
    context: ClassVar = Context.CONSENT


def to_caller(state: TalkingToCaller, scene: Scene) -> Turn | None:
    """Somebody of the team writes, takes the talk up, or leaves it."""
    t, desk = scene.t, scene.facts.desk
    call = desk.call(state.call_id)
    if call is None:
        return None
    if scene.choice == "leave":
        return Turn((Say(t("You have left the talk. With /calls you come back to it."), quiet=True),))
    if not call.open:
        return Turn((Say(t("This call is closed."), quiet=True),))
    if scene.choice == "answer" or call.reach is not Reach.REACHED:
        return Turn((talk(scene, call),), settles=False)
    if scene.person is None or not scene.text:
        return None
    return _passed_on(scene, TellCaller(call.id, scene.text[:LONGEST]), TalkingToCaller(call.id, call.workshop_id))


def to_team(state: TalkingToTeam, scene: Scene) -> Turn | None:
    """Whoever called writes, takes the talk up, or leaves it."""
    t, call = scene.t, scene.facts.desk.own_call(state.call_id)
    if scene.choice == "leave":
        return Turn((Say(t("Good. With /human you reach the team at any time."), quiet=True),))
    if call is None or not call.open:
        return Turn((Say(t("This talk is over. With /human you reach the team at any time.")),))
    if scene.choice == "answer":
        said = t("Whatever you write now goes to your team.")
        return Turn((Say(said, (_leave(t),), TalkingToTeam(call.id)),), settles=False)
    return _passed_on(scene, TellTeam(call.id, scene.text[:LONGEST]), TalkingToTeam(call.id)) if scene.text else None


def _passed_on(scene: Scene, effect: TellCaller | TellTeam, state: State) -> Turn:
    """Pass it on, and stay in the talk: also where it was an answer to a message that was not its place."""
    asked = scene.tapped or next((one for one in scene.waiting if one.state == state), None)
    said = Say(scene.t("Passed on."), quiet=True)
    if asked and any(one.key == asked.key for one in scene.waiting):
        return Turn((said,), (effect,), keep=True, settles=False)
    choices = (_leave(scene.t),)
    return Turn((Say(said.text, choices, state, quiet=True),), (effect,), settles=False)


def team_writes(t: Speaker, call: Call, *, here: bool) -> Say:
    """The first words to whoever called. `here`: nothing else is under way in their chat, so that they can simply
    write."""
    about = name_of(t, call) if call.reference else ""
    said = t("Your team writes to you about {reference}.", reference=about) if about else t("Your team writes to you.")
    if not here:
        return Say(said, (_answer(t),), TalkingToTeam(call.id))
    text = Markup("{} {}").format(said, t("Simply write back, it goes to the team."))
    return Say(text, (_leave(t),), TalkingToTeam(call.id))


def caller_writes(t: Speaker, call: Call) -> Say:
    """New words from whoever called, to somebody of the team who is not talking with them."""
    said = t("News about the call for help {name}:", name=name_of(t, call))
    return Say(said, (_answer(t),), TalkingToCaller(call.id, call.workshop_id))


def words(t: Speaker, text: str, *, team: bool) -> Say:
    """What the other side said, as it said it."""
    return Say(Markup("<b>{}</b> {}").format(t("Team:") if team else t("Answer:"), text))


def did_it_help(t: Speaker, call: Call) -> Say:
    """The question at the end."""
    about = call.reference
    said = t("Your call for help about {reference} is closed. Did it help you?", reference=about) if about else (
        t("Your call for help is closed. Did it help you?")
    )  # fmt: skip
    return Say(said, (Choice("yes", t.plain("Yes, it did")), Choice("no", t.plain("Not yet"))), RatingHelp(call.id))


def rated(state: RatingHelp, scene: Scene) -> Turn | None:
    """Whether it helped."""
    t = scene.t
    if scene.facts.desk.own_call(state.call_id) is None or scene.choice not in ("yes", "no"):
        return None
    if scene.choice == "yes":
        return Turn((Say(t("Good to hear. Thank you for telling."), quiet=True),), (RateHelp(state.call_id, True),))
    said = t("Thank you for telling me. The team knows, and somebody will get in touch.")
    return Turn((Say(said),), (RateHelp(state.call_id, False),))


def meet(t: Speaker, introduction_id: int, reference: str, *, caller: bool) -> Say:
    """Ask one side, without a name of the other."""
    if caller:
        said = t("Somebody has already solved something like what is in your way. Would you like to get to know each "
                 "other? No names are told before both have said yes.")  # fmt: skip
    else:
        said = t("Somebody has something like what was once in the way of {reference}. Would you like to get to know "
                 "each other? No names are told before both have said yes.", reference=reference)  # fmt: skip
    choices = (Choice("yes", t.plain("Yes, gladly")), Choice("no", t.plain("Rather not")))
    return Say(said, choices, AskingToMeet(introduction_id, caller))


def meeting(state: AskingToMeet, scene: Scene) -> Turn | None:
    """Whether somebody wants to."""
    t = scene.t
    if scene.choice not in ("yes", "no"):
        return None
    agreed = AgreeToMeet(state.introduction_id, scene.choice == "yes", state.caller)
    said = t("Good. When the other side wants to, too, the team brings you together.") if agreed.willing else (
        t("Good, then nothing is told.")
    )  # fmt: skip
    return Turn((Say(said, quiet=True),), (agreed,))


def _leave(t: Speaker) -> Choice:
    return Choice("leave", t.plain("Leave the talk"))


def _answer(t: Speaker) -> Choice:
    return Choice("answer", t.plain("Answer"))
