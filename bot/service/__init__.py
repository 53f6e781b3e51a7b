"""What happens: each module opens its transactions, and nobody else does.

All of it is synchronous; the asynchronous edge calls it in the database's own thread.
"""
