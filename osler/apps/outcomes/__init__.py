"""What learning changed: reflections on records, commitments to change, and whether they held.

A reflection belongs to whoever wrote it and is shown to nobody else; it is no claim and counts nowhere.
"""
