"""One person with several accounts: connecting them with a code that both sides confirm, and parting them again."""

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from bot.dialogue.effects import Link, OfferLink, RefuseLink, RequestLink, Unlink, WriteTo
from bot.dialogue.facts import AccountOffer, Contact
from bot.dialogue.message import Choice, Say, Turn
from bot.dialogue.scene import Scene
from bot.dialogue.state import State
from bot.dialogue.understanding import Context
from bot.texts import Speaker

MINUTES = 15


@dataclass(frozen=True, slots=True)
class ShowingAccounts(State):
    """What about the accounts shall be different?"""


@dataclass(frozen=True, slots=True)
class AskingToConnect(State):
    """Is this chat to be connected? Asked in the chat where the code was typed."""

    code: str
    context: ClassVar = Context.CONSENT


@dataclass(frozen=True, slots=True)
class ConfirmingConnection(State):
    """Was that you? Asked in the chat that the code came from."""

    code: str
    context: ClassVar = Context.CONSENT


@dataclass(frozen=True, slots=True)
class ChoosingAccount(State):
    """Which account? `purpose` is "prefer" or "part"."""

    purpose: str


@dataclass(frozen=True, slots=True)
class ConfirmingParting(State):
    """Really part this account?"""

    account_id: int
    context: ClassVar = Context.CONSENT


def accounts(scene: Scene) -> Turn:
    """The person's accounts, and what can be done with them."""
    t = scene.t
    known = scene.facts.accounts()
    lines = [t("These are your accounts:"), *(_line(t, contact, several=len(known) > 1) for contact in known)]
    choices = [Choice("connect", t.plain("Connect an account"))]
    if len(known) > 1:
        choices += [Choice("prefer", t.plain("Where I write")), Choice("part", t.plain("Part an account"))]
    choices.append(Choice("done", t.plain("Leave it as it is")))
    return Turn((Say(Markup("\n").join(lines), tuple(choices), ShowingAccounts()),))


def _line(t: Speaker, contact: Contact, *, several: bool) -> Markup:
    values = {"account": contact.label}
    if several and contact.preferred:
        return t("– {account}, here I write to you", **values)
    return t("– {account}", **values)


def manage(state: ShowingAccounts, scene: Scene) -> Turn | None:
    """What to do with them was chosen."""
    t = scene.t
    match scene.choice:
        case "connect":
            return offer(scene)
        case "prefer" | "part":
            ask = (
                t("Where shall I write to you?")
                if scene.choice == "prefer"
                else t("Which account shall not belong to you any more?")
            )
            choices = tuple(Choice(str(contact.id), contact.label) for contact in scene.facts.accounts())
            return Turn((Say(ask, choices, ChoosingAccount(scene.choice)),))
        case "done":
            return Turn((Say(t("Good, then it stays."), quiet=True),))
    return None


def offer(scene: Scene) -> Turn:
    """A code for the other account."""
    t = scene.t
    code = scene.facts.reserve_code()
    ways = [Markup("{}: {}").format(way.messenger, way.address) for way in scene.facts.ways(code)]
    said = t(
        "Please send me this code from your other account, within {minutes} minutes:\n<code>{code}</code>",
        minutes=MINUTES, code=code,
    )  # fmt: skip
    after = t("Then I ask you here whether that was you.")
    return Turn((Say(Markup("\n").join((said, *ways, after))),), (OfferLink(code),))


def introduce(scene: Scene, link: AccountOffer) -> Markup:
    """What somebody who is new here agrees to beside the rest."""
    return scene.t("<b>This chat is to be connected with your account on {account}.</b>", account=link.label)


def asked(scene: Scene, code: str, link: AccountOffer) -> Turn:
    """Somebody known used the code."""
    t = scene.t
    if link.own:
        return Turn((Say(t("This account is yours already. Please send the code from the other one.")),), keep=True)
    ask = t(
        "Shall this account and the one on {account} belong together? Then your pledges and answers are in both, and "
        "I ask everything only once.",
        account=link.label,
    )
    choices = (Choice("yes", t.plain("Yes, connect them")), Choice("no", t.plain("No")))
    return Turn((Say(ask, choices, AskingToConnect(code)),))


def agreed(state: AskingToConnect, scene: Scene) -> Turn | None:
    """This side confirms, or not."""
    t = scene.t
    if scene.choice == "no":
        return Turn((Say(t("Good, the accounts stay apart."), quiet=True),), (RefuseLink(state.code),))
    link = scene.facts.invitation(state.code)
    if scene.choice != "yes":
        return None
    if not isinstance(link, AccountOffer) or link.own:
        return Turn((Say(t("The code has expired. You get a new one with /settings in the other account.")),))
    return Turn((requested(scene, link),), (RequestLink(state.code),))


def requested(scene: Scene, link: AccountOffer) -> Say:
    """What follows on the confirmation of this side."""
    t = scene.t
    if link.confirmed:
        return Say(t("Good, this chat is yours now: you go on here where you left off."))
    return Say(t("Good. Now please confirm it on {account}: I have asked you there.", account=link.label))


def ask_back(t: Speaker, code: str, label: str) -> Say:
    """The question in the chat that the code came from."""
    ask = t("Somebody wants to connect {account} with this account of yours. Was that you?", account=label)
    choices = (Choice("yes", t.plain("Yes, that was me")), Choice("no", t.plain("No, not me")))
    return Say(ask, choices, ConfirmingConnection(code))


def connected(t: Speaker) -> Say:
    """What the other chat is told."""
    return Say(t("The accounts belong together now. You can answer in either chat, and everything counts once."))


def confirmed(state: ConfirmingConnection, scene: Scene) -> Turn | None:
    """The other side confirms, or not."""
    t = scene.t
    label = scene.facts.asking_to_link(state.code)
    if scene.choice not in ("yes", "no"):
        return None
    if label is None:
        return Turn((Say(t("That took too long. With /settings you get a new code.")),))
    if scene.choice == "no":
        said = t("Then nothing is connected. Nobody got to see anything of yours.")
        return Turn((Say(said),), (RefuseLink(state.code),))
    said = t(
        "{account} belongs to you now. I write to you here; you change that with /settings.\n"
        "You can answer in either chat, and everything counts once.",
        account=label,
    )
    return Turn((Say(said),), (Link(state.code),))


def chosen(state: ChoosingAccount, scene: Scene) -> Turn | None:
    """The account was chosen."""
    t = scene.t
    known = scene.facts.accounts()
    contact = next((one for one in known if str(one.id) == scene.choice), None)
    if contact is None:
        return None
    if state.purpose == "prefer":
        said = t("Good, from now on I write to you here: {account}.", account=contact.label)
        return Turn((Say(said),), (WriteTo(contact.id),))
    if len(known) < 2:
        return accounts(scene)
    ask = t(
        "Shall {account} not belong to you any more? Your pledges and answers stay with your other account.",
        account=contact.label,
    )
    choices = (Choice("yes", t.plain("Yes, part it")), Choice("no", t.plain("No")))
    return Turn((Say(ask, choices, ConfirmingParting(contact.id)),))


def parted(state: ConfirmingParting, scene: Scene) -> Turn | None:
    """The account goes, or stays."""
    t = scene.t
    known = scene.facts.accounts()
    contact = next((one for one in known if one.id == state.account_id), None)
    if scene.choice == "no":
        return Turn((Say(t("Good, then it stays."), quiet=True),))
    if scene.choice != "yes" or contact is None or len(known) < 2:
        return None
    done = t("{account} is not connected any more. I have forgotten that chat.", account=contact.label)
    return Turn((Say(done),), (Unlink(contact.id),))
