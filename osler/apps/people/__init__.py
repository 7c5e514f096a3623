"""Persons, what is known of them, and the licences and certificates they hold.

A person signs in by e-mail. Facts are what requirements ask about ("Do you hold a DEA registration?"); a fact
that is not stated is unknown, which is never the same as no. A credential names the requirement set that
binds its holder; removing one can be undone.
"""
