"""The way in: a code, consent, and then the first pledge, a claim, a part in somebody's pledge or a second account."""

from dataclasses import dataclass, replace
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue import accompanying, linking
from bot.dialogue.effects import Attend, Claim, Forget, Join, JoinTeam, Reachable, RequestLink, Stop
from bot.dialogue.facts import AccountOffer, Invitation, Offer
from bot.dialogue.finding import explain, overview, still_open
from bot.dialogue.message import Choice, Platform, Say, Turn
from bot.dialogue.registering import ask_sentence, card
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.dialogue.words import ROLES, address_of
from bot.domain.pledge import Stage
from bot.texts import Speaker

CONSENT_VERSION = "2026-11"
"""The version of the text that people agree to; who agreed to another one is asked anew (see `renewing`)."""


@dataclass(frozen=True, slots=True)
class AskingConsent(State):
    """May we keep what you tell us? `code` is what brought them here."""

    code: str
    context: ClassVar = Context.CONSENT


@dataclass(frozen=True, slots=True)
class AskingClaim(State):
    """Is this imported pledge yours?"""

    reference: str
    code: str
    context: ClassVar = Context.CONSENT


def start(scene: Scene, code: str) -> Turn:
    """`/start`, with a code or without, from somebody new or somebody known."""
    if not code:
        return welcome_back(scene) if scene.person else explain(scene)
    if scene.facts.too_many_codes():
        return Turn(
            (Say(scene.t("That was a wrong code several times. Please try again in a few minutes.")),), keep=True
        )
    found = scene.facts.invitation(code)
    if found is None:
        return wrong_code(scene)
    if scene.person is None:
        return ask_consent(scene, code, found)
    effects = (Stop(False),) if scene.person.stopped else ()
    if isinstance(found, AccountOffer):
        return linking.asked(scene, code, found)
    if isinstance(found, Offer):
        turn = accompanying.offered(scene, code, found)
        return replace(turn, effects=(*effects, *turn.effects))
    turn = invited(scene, code, found)
    if found.role is None:
        effects = (*effects, Attend(found.workshop.id))
    return Turn(turn.says, (*effects, *turn.effects), keep=turn.keep)


def wrong_code(scene: Scene) -> Turn:
    """The code is unknown or has run out."""
    return Turn((
        Say(scene.t(
            "I do not know this code, or it has expired. Please look at it once more: it has no 0, O, 1 or I. "
            "If it still does not work, your organisers will give you a new one.",
        )),
    ), keep=scene.person is not None)  # fmt: skip


def ask_consent(scene: Scene, code: str, found: Invitation | Offer | AccountOffer) -> Turn:
    """Consent comes first; above it stands what it is for."""
    t = scene.t
    choices = (Choice("yes", t.plain("Yes, I agree")), Choice("no", t.plain("No")))
    responsible, platform = scene.facts.responsible, scene.message.platform
    if isinstance(found, Offer):
        if problem := accompanying.refused(scene, found):
            return problem
        text = accompanying.introduce(scene, found) + "\n\n" + terms(t, responsible, platform)
    elif isinstance(found, AccountOffer):
        text = linking.introduce(scene, found) + "\n\n" + terms(t, responsible, platform)
    elif found.role is None:
        heading = t("<b>Welcome to {workshop}.</b> Before we begin, briefly:", workshop=found.workshop.name)
        text = heading + "\n\n" + terms(t, responsible, platform)
    else:
        text = t(
            "<b>Welcome to the team: {workshop}.</b> Your part: {role}. Before we begin, briefly:\n\n"
            "<b>What is stored:</b> {address} and what you do here for the team.\n"
            "<b>Who can read it:</b> those who run this bot.\n"
            "<b>When it is deleted:</b> at once with /delete; the log then says only what was done, not by whom.\n"
            "<b>Who is responsible:</b> {responsible}. More at /privacy.",
            workshop=found.workshop.name, role=t(ROLES[found.role]), address=address_of(t, platform),
            responsible=responsible,
        )  # fmt: skip
        text += _do_you_agree(t, platform)
    return Turn((Say(text, choices, AskingConsent(code)),))


def terms(t: Speaker, responsible: str, platform: Platform) -> Markup:
    """What people agree to, with the question. A change of its meaning needs a new `CONSENT_VERSION`."""
    said = t(
        "<b>What is stored:</b> your pledge, your answers and {address}.\n"
        "<b>Who can read it:</b> your workshop's team and your partners; others only if you allow it.\n"
        "<b>When it is deleted:</b> six months after the date of your pledge, or at once with /delete.\n"
        "<b>Who is responsible:</b> {responsible}. More at /privacy.",
        address=address_of(t, platform), responsible=responsible,
    )  # fmt: skip
    return said + _do_you_agree(t, platform)


def _do_you_agree(t: Speaker, platform: Platform) -> Markup:
    question = Markup("\n\n") + t("Do you agree?")
    if platform is not Platform.TELEGRAM:
        return question
    return Markup("\n\n") + t("This chat is not end-to-end encrypted on Telegram.") + question


def consent(state: AskingConsent, scene: Scene) -> Turn | None:
    """The answer to that; whoever has agreed meanwhile, on another message, has a way out by `/delete` only."""
    t = scene.t
    if scene.person is not None:
        return start(scene, state.code) if scene.choice == "yes" else None
    if scene.choice == "no":
        return Turn((Say(t("That is fine. I have not stored anything about you. All the best!")),), (Forget(),))
    if scene.choice != "yes":
        return None
    found = scene.facts.invitation(state.code)
    if found is None:
        return Turn(wrong_code(scene).says, (Forget(),))
    if isinstance(found, AccountOffer):
        return Turn((linking.requested(scene, found),), (RequestLink(state.code, CONSENT_VERSION),))
    if isinstance(found, Offer):
        if problem := accompanying.refused(scene, found):
            return Turn(problem.says, (Forget(),))
        join = Join(None, CONSENT_VERSION, t.language)
        turn = accompanying.accepted(scene, state.code, found)
    else:
        join = Join(None if found.role else found.workshop.id, CONSENT_VERSION, t.language)
        turn = invited(scene, state.code, found)
    return Turn(turn.says, (join, *turn.effects))


def invited(scene: Scene, code: str, invitation: Invitation) -> Turn:
    """What follows once they may take part: their imported pledge, the question for one, or their part in the team."""
    t, pledge = scene.t, invitation.claims
    if invitation.role is not None:
        said = t(
            "You now belong to the team: {workshop}. Your part: {role}. With /help you see what you can do.",
            workshop=invitation.workshop.name,
            role=t(ROLES[invitation.role]),
        )
        return Turn((Say(said),), (JoinTeam(code),))
    if pledge is None:
        return Turn((ask_sentence(scene, invitation.workshop),))
    if not can_be_claimed(invitation):
        if scene.facts.pledge(pledge.reference):
            return Turn((Say(t("{reference} is yours already.", reference=pledge.reference)), *overview(scene).says))
        return Turn((
            Say(t(
                "Somebody else has taken over {reference} already. If that is a mistake, please tell your organisers.",
                reference=pledge.reference,
            )),
        ))  # fmt: skip
    text = t(
        "<b>{reference}</b>\n{text}\n\n{owner}\n\nIs this your pledge?",
        reference=pledge.reference, text=pledge.text, owner=", ".join(filter(None, (pledge.owner, pledge.place))),
    )  # fmt: skip
    choices = (Choice("yes", t.plain("Yes, that is me")), Choice("no", t.plain("No, that is not me")))
    return Turn((Say(text, choices, AskingClaim(pledge.reference, code)),))


def can_be_claimed(invitation: Invitation) -> bool:
    """Whether the pledge waits for its maker, or an organiser has said that it is not its maker's."""
    pledge = invitation.claims
    return pledge is not None and (pledge.stage is Stage.PROPOSED or (invitation.mended and pledge.is_open))


def claim(state: AskingClaim, scene: Scene) -> Turn | None:
    """ "That is me", or not."""
    t = scene.t
    if scene.choice == "no":
        return Turn((
            Say(t(
                "Then I leave it as it is. To register a pledge of your own write /new. "
                "If the card got mixed up, your organisers will help.",
            )),
        ))  # fmt: skip
    if scene.choice != "yes":
        return None
    invitation = scene.facts.invitation(state.code)
    if not isinstance(invitation, Invitation) or invitation.claims is None:
        return wrong_code(scene)
    if not can_be_claimed(invitation):
        return invited(scene, state.code, invitation)
    pledge = invitation.claims
    claimed = replace(pledge, stage=Stage.RUNNING, registered=scene.today, claimed=True)
    shown = card(scene, claimed, intro=t("Thank you. This is your pledge:"))
    return Turn((shown,), (Claim(pledge.reference, state.code),))


def welcome_back(scene: Scene) -> Turn:
    """`/start` from somebody known: messages go on, and they see where things stand."""
    t = scene.t
    assert scene.person is not None
    if scene.person.stopped:
        hello = Say(t("Good to have you back. I will ask again from now on."))
        return Turn((hello, *overview(scene).says), (Stop(False),))
    if waiting := still_open(scene):
        return Turn((Say(t("Good to have you back.") + " " + waiting),), keep=True)
    return Turn(overview(scene).says)


def returned(scene: Scene) -> Turn:
    """They unblocked the bot: they can be written to again, and nothing is said about it."""
    return Turn(effects=(Reachable(True),), keep=True)


def blocked(scene: Scene) -> Turn:
    """They blocked the bot or left: nothing can be said."""
    return Turn(effects=(Reachable(False),), keep=True)
