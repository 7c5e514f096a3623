"""Owns what leaves the house by mail: the outbox, what each person wants to be told, the timetable of jobs.

Later contexts write a letter and queue it in the transaction that needs it; a job sends it after the commit,
once, with attempts and receipts. They say which kinds of letters there are (``queries.register``).
"""
