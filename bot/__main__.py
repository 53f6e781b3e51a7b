"""`python -m bot` is the command `worthalten`. The only place where the bot knows something above it."""

from adapters.cli import main

if __name__ == "__main__":
    main()
