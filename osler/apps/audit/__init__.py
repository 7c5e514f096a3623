"""Who did what, for whom and when: a log that can be added to and read, and nothing else.

Every action of every context writes here, in the transaction that does the deed. The database itself refuses
to change or delete an entry (triggers, see the migration); the log keeps plain ids, so an entry outlives
whatever it speaks of.
"""
