"""The rules, on frozen dataclasses: no platform, no database, no clock, no input or output."""
