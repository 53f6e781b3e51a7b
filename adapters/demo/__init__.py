"""The demo: a chat in the terminal on the real engine, or a scripted half-year.

stage    one workshop on a temporary database, with the calendar in our hands
script   what three people say in half a year
play     the chat, the script, and the closing table
"""
