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

from adapters.cli.app import main

__all__ = ["main"]
