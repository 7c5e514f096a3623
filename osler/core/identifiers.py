"""Numbers that prove themselves: the check digit of a National Provider Identifier.

Rule: 45 CFR 162.406 and the NPI standard of CMS; the tenth digit is a Luhn check digit over "80840" and the
nine digits before it. Checked on 22 November 2026 against the vectors of the design's data.
"""

NPI_PREFIX = "80840"
NPI_LENGTH = 10


def luhn_holds(digits: str) -> bool:
    """Whether the last of these digits is the Luhn check digit of those before it."""
    if not digits.isascii() or not digits.isdigit():
        return False
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_npi(text: str) -> bool:
    """Whether this is a National Provider Identifier: ten digits from 1 or 2 on, the check digit holding.

    That it was ever given to anybody, or to whom, it does not say.
    """
    return len(text) == NPI_LENGTH and text[0] in "12" and luhn_holds(NPI_PREFIX + text)
