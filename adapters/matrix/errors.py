"""What a refused or unanswered call means for a delivery, as a value.

Measured with matrix-nio 0.26 and Synapse 1.163. A repeat under the same transaction id is shown once, so that a call
whose fate nobody knows is simply made again.
"""

from nio import ErrorResponse

from adapters.matrix.client import NO_NEWS, KeysNotShared, Refused, refusal_of
from bot.ports import Delivery, Failed, Gone, RetryAfter, Unreachable

CONNECTION_PAUSE = 3.0
"""Seconds until it is worth trying a homeserver again that did not answer."""
FLOOD_PAUSE = 5.0
"""Seconds to wait after a 429 that does not say how long."""
FULL_PAUSE = 60.0
"""Seconds to wait for a homeserver whose administrator has stopped it."""

_NO_TOKEN = ("M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_DEACTIVATED", "M_USER_SUSPENDED")
_NOBODY_THERE = ("M_FORBIDDEN", "M_NOT_FOUND", "M_GUEST_ACCESS_FORBIDDEN")
FAULTS = (*NO_NEWS, Refused, KeysNotShared)
"""What can be given to `delivery_of`."""


def logged_out(code: str) -> Gone:
    """The device is known no more."""
    return Gone(
        f"The homeserver does not accept the bot's login any more ({code or 'no code'}): "
        "it logs in anew with the password in the configuration in some minutes, or when started again"
    )


def delivery_of(problem: Exception | ErrorResponse) -> Delivery:
    """What became of a message whose call ended so. Reasons name no text and no person."""
    match problem:
        case ErrorResponse():
            return _refused(refusal_of(problem))
        case Refused():
            return _refused(problem)
        case KeysNotShared():
            return RetryAfter(CONNECTION_PAUSE, "the keys could not be shared")
        case _:
            return RetryAfter(CONNECTION_PAUSE, f"no answer: {type(problem).__name__}", whole_channel=True)


def _refused(problem: Refused) -> Delivery:
    code = problem.code
    if problem.status == 429 or code == "M_LIMIT_EXCEEDED":
        pause = FLOOD_PAUSE if problem.retry_after is None else problem.retry_after
        return RetryAfter(pause, "the homeserver asks for a pause (429)", whole_channel=True)
    if code in _NO_TOKEN or problem.status == 401:
        return logged_out(code)
    if code == "M_RESOURCE_LIMIT_EXCEEDED":
        return RetryAfter(FULL_PAUSE, "the homeserver takes nothing at the moment", whole_channel=True)
    if code in _NOBODY_THERE:
        return Unreachable(f"the homeserver refuses: {code}")
    if not code or problem.status >= 500:
        return RetryAfter(CONNECTION_PAUSE, f"the homeserver is not available ({problem.status})", whole_channel=True)
    return Failed(f"the homeserver refuses: {code}")
