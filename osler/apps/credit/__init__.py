"""The credit a person earned: records, the transcript made of them, and imports from elsewhere.

A record is one completed activity with one or more amounts (the same hours in different currencies) and topic
shares. An import keeps the file it came from and every row as it was read, so that it can be shown before
anything is added, explained line by line afterwards, and undone exactly.
"""
