"""When and how often things leave: the asynchronous loops between the rules and the outside.

clock        what time it is for people
database     the thread in which everything synchronous runs
receiving    messages come in, several in one commit
asking       whose occasions are due
sending      one channel's outbox: lease, pace, send, record
pacing       even spacing; how long a channel or a chat has to wait
ownership    which process does what
housekeeping what is tidied up now and then
rehearsing   the calendar of a live rehearsal
runner       puts the ticks on APScheduler, the only file that imports it
"""
