"""The page of requirement sets."""


def sets_page() -> str:
    """One row per set: name, authority, validity, cases, what is not modelled."""
    return "# Requirement sets\n"
