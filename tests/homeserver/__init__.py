"""A real homeserver (Synapse) for tests, with people on it.

async with Homeserver() as homeserver:
    anna = await homeserver.person("anna")
    await anna.invites("@bot:example.org")
    await anna.says("ABCD2345")
    question = await anna.hears("Willkommen")
    await anna.reacts(1, question)
"""

from tests.homeserver.people import Message, Person
from tests.homeserver.server import PASSWORD, Homeserver

__all__ = ["PASSWORD", "Homeserver", "Message", "Person"]
