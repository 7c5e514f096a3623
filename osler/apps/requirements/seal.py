"""The trigger that keeps an assessed cycle as it was: rows of closed cycles are never changed.

They go only with the credential or the account they belong to.
"""

from typing import Any

MESSAGE = "A closed cycle stays as it was kept."

_ON_SQLITE = (
    "CREATE TRIGGER requirements_closed_cycle_no_update BEFORE UPDATE ON requirements_closedcycle "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
)
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION requirements_closed_cycle_is_sealed() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
)
_ON_POSTGRESQL = (
    "CREATE TRIGGER requirements_closed_cycle_no_update BEFORE UPDATE ON requirements_closedcycle "
    "FOR EACH ROW EXECUTE FUNCTION requirements_closed_cycle_is_sealed()"
)

SEAL = {"sqlite": (_ON_SQLITE,), "postgresql": (_FUNCTION, _ON_POSTGRESQL)}
UNSEAL = {
    "sqlite": ("DROP TRIGGER IF EXISTS requirements_closed_cycle_no_update",),
    "postgresql": ("DROP TRIGGER IF EXISTS requirements_closed_cycle_no_update ON requirements_closedcycle",),
}


def seal(apps: Any, schema_editor: Any) -> None:
    """Creates the trigger; the last step of the migration that creates the table."""
    for statement in SEAL[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def unseal(apps: Any, schema_editor: Any) -> None:
    """Drops the trigger, so that the migration can be taken back."""
    for statement in UNSEAL[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
