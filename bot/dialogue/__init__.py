"""What is said: pure functions from (state, message, facts, now) to what to answer, what to remember, what to do.

Nothing here knows a platform, a database or a clock.
"""
