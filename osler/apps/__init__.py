"""The contexts that remember: each owns its tables.

Others enter one only through its queries, permissions, actions and signals.
"""
