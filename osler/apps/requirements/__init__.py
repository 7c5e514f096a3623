"""Which requirement sets bind whom, and where each person stands.

The answer is always worked out live from the records; ``Standing`` keeps the last one per credential for
lists, mails and search, and is refreshed after every change.
"""
