"""Tables and statements: SQLAlchemy Core, synchronous, the same on SQLite and PostgreSQL.

A module holds the statements of one subject. Each function takes the connection of a transaction that a service has
opened, and gives or takes the domain's dataclasses. The statements that every message or every question runs are
built once, with `bindparam`: building one costs as much as running it.
"""
