"""Osler: continuing medical education, from the call for speakers to the answer that explains itself."""
