"""The rehearsal: a whole half-year with invented people, on the real engine and a calendar in our hands.

people   who they are, what they promise, and how each of them answers
stage    their workshops on a temporary database, and a mailbox for everybody
play     the half-year, question by question
tally    what came of it, counted
"""
