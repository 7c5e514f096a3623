"""The person's own page: who they are and what they have stated."""
