"""What members of a team and administrators do: workshops, sheets of pledges, and what else needs a right.

Every command here has its right in the router's table, every state names it in `needs`; the router checks both at each
message and writes the audit log. To anybody without the right the command does not exist.
"""
