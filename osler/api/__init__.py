"""The API: JSON for programs that act for a person by a token. Versions live side by side (``v1``).

It calls the same queries and actions as the pages; what it adds is the door (tokens, shares of a minute,
idempotency), problems as RFC 9457, and shapes with their descriptions.
"""
