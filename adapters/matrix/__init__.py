"""Matrix: one account with end-to-end encryption as a channel, and its sync loop. Only this package imports the SDK.

A `Session` is what sending (`MatrixChannel`) and listening (`listen`) share; `inspect` looks at the account for
`check`. Inside, `identity`, `signing` and `keys` are who the bot is to others' clients and what they encrypt for;
`vault` is what is kept on disk; `reading` and `rendering` translate; `rooms` and `invitations` say whose room is whose;
`unread` keeps what cannot be decrypted yet; `errors` says what a failed call means for a delivery.
"""

from adapters.matrix.channel import MatrixChannel
from adapters.matrix.inspecting import Facts, inspect
from adapters.matrix.session import Session
from adapters.matrix.sync import Pace, listen

__all__ = ["Facts", "MatrixChannel", "Pace", "Session", "inspect", "listen"]
