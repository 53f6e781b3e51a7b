"""The command line: one module for each group of commands.

    app             the commands together, their common options, and what becomes of an error
    session         what a command is given: the configuration, the database, a voice
    output          what is printed, and how
    failures        exceptions as one clear sentence
    workshops       worthalten workshop
    sheets          worthalten import
    status, checks, upgrade, understand, serving, demo

Everything that takes time to load is imported in the command that needs it.
"""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """The command `worthalten`. Loading the rest takes a moment, in which Ctrl-C may come already."""
    try:
        from adapters.cli import app

        app.main()
    except KeyboardInterrupt:
        sys.exit(1)
