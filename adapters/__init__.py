"""The outside: channels, the command line, and the one place that knows how everything fits together."""
