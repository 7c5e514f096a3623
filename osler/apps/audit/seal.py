"""The triggers that make the log append-only in the database itself, for SQLite and for PostgreSQL.

One change passes: the contents of an entry (``before``, ``after``) are erased, once, and ``erased_at`` says
so. Who did what and when stays, also when the person whose data it held has gone.
"""

from typing import Any

MESSAGE = "The audit log is append-only."

_STAYS = ("id", "at", "by_id", "on_behalf_of_id", "verb", "subject_type", "subject_id")


def _is_erasure(same: str) -> str:
    stays = " AND ".join(f'NEW."{name}" {same} OLD."{name}"' for name in _STAYS)
    gone = 'NEW."before" IS NULL AND NEW."after" IS NULL'
    return f"OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND {gone} AND {stays}"


_ON_SQLITE = (
    "CREATE TRIGGER audit_entry_no_{deed} BEFORE {deed} ON audit_entry {when}"
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
)
_FUNCTION = (
    "CREATE OR REPLACE FUNCTION audit_entry_is_sealed() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF TG_OP = 'UPDATE' THEN IF {_is_erasure('IS NOT DISTINCT FROM')} THEN RETURN NEW; END IF; "
    f"END IF; RAISE EXCEPTION '{MESSAGE}'; END $$"
)
_ON_POSTGRESQL = (
    "CREATE TRIGGER {name} BEFORE {deed} ON audit_entry "
    "FOR EACH {what} EXECUTE FUNCTION audit_entry_is_sealed()"
)

SEAL = {
    "sqlite": (
        _ON_SQLITE.format(deed="update", when=f"WHEN NOT ({_is_erasure('IS')}) "),
        _ON_SQLITE.format(deed="delete", when=""),
    ),
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
    """Creates the triggers, in place of older ones; the last step of each migration of the table."""
    unseal(apps, schema_editor)
    for statement in SEAL[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def unseal(apps: Any, schema_editor: Any) -> None:
    """Drops the triggers, so that the migration can be taken back."""
    for statement in UNSEAL[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
