"""The key that signs sessions and tokens, made once where none is given."""

import os
import secrets
import tempfile
from pathlib import Path


def kept_secret_key(folder: Path) -> str:
    """The key in `folder`, made at the first call; several processes starting at once agree on one.

    Raises OSError where the folder cannot be written.
    """
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle, fresh = tempfile.mkstemp(dir=folder, prefix=".secret-key-")
        try:
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(64))
            # A link appears whole or not at all, and the first process to make it wins.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            Path(fresh).unlink()
    return path.read_text().strip()
