"""What is said and known.

The way of one message, from arrival to answer:

    adapters/…/reading     the platform's update becomes a `dialogue.message.Incoming`
    service/receiving      one transaction: known already? who is it? what do we wait for?
    dialogue/router        which dialogue is meant; it is a pure function and returns a `Turn`
    service/recording      the turn's effects become rows
    service/posting        its words become rows of the outbox, in the same transaction
    scheduler/sending      leases a row, asks once more whether it is still wanted, hands it to the channel

The rooms, from the ground up; each may know those before it, never those after:

    domain      rules on frozen dataclasses: dates, quiet times, cadence, caps, standing
    texts       the catalogues of German and English, and how a day is written
    dialogue    what a message means and what to answer
    documents   data to bytes and back: sheets, files
    store       tables and statements
    service     opens the transactions, nobody else does
"""
