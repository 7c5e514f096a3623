"""The triggers that make the log append-only in the database itself, for SQLite and for PostgreSQL."""

from typing import Any

MESSAGE = "The audit log is append-only."

_ON_SQLITE = (
    "CREATE TRIGGER audit_entry_no_{deed} BEFORE {deed} ON audit_entry "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
)
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION audit_entry_is_sealed() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
)
_ON_POSTGRESQL = (
    "CREATE TRIGGER {name} BEFORE {deed} ON audit_entry "
    "FOR EACH {what} EXECUTE FUNCTION audit_entry_is_sealed()"
)

SEAL = {
    "sqlite": (_ON_SQLITE.format(deed="update"), _ON_SQLITE.format(deed="delete")),
    "postgresql": (
        _FUNCTION,
        _ON_POSTGRESQL.format(name="audit_entry_no_change", deed="UPDATE OR DELETE", what="ROW"),
        _ON_POSTGRESQL.format(name="audit_entry_no_truncate", deed="TRUNCATE", what="STATEMENT"),
    ),
}
UNSEAL = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS audit_entry_no_update",
        "DROP TRIGGER IF EXISTS audit_entry_no_delete",
    ),
    "postgresql": (
        "DROP TRIGGER IF EXISTS audit_entry_no_change ON audit_entry",
        "DROP TRIGGER IF EXISTS audit_entry_no_truncate ON audit_entry",
    ),
}


def seal(apps: Any, schema_editor: Any) -> None:
    """Creates the triggers; the last step of the migration that creates the table."""
    for statement in SEAL[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def unseal(apps: Any, schema_editor: Any) -> None:
    """Drops the triggers, so that the migration can be taken back."""
    for statement in UNSEAL[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
