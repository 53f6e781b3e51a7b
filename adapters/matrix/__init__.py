"""Matrix: one account with end-to-end encryption as a channel, and its sync loop. Only this package imports the SDK.

`matrix_line` is the account as the runner needs it, `inspect` looks at it for `check`. Inside, `session` is what
sending (`channel`) and listening (`sync`) share; `identity`, `signing` and `keys` are who the bot is to others' clients
and what they encrypt for; `vault` is what is kept on disk; `reading` and `rendering` translate; `rooms` and
`invitations` say whose room is whose; `unread` keeps what cannot be decrypted yet; `errors` says what a failed call
means for a delivery.
"""

from adapters.matrix.channel import MatrixChannel
from adapters.matrix.inspecting import Facts, inspect
from adapters.matrix.line import matrix_line
from adapters.matrix.sync import Pace

__all__ = ["Facts", "MatrixChannel", "Pace", "inspect", "matrix_line"]
