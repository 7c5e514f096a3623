"""What becomes of the files of somebody whose account has ended: their rows are gone, the bytes follow."""

from django.core.files.storage import default_storage

FOLDERS = ("documents", "prepared")


def delete_files_of(*, person_id: int) -> int:
    """Takes every file of the person out of the storage, and returns how many there were; a second time
    none.
    """
    return sum(_emptied(f"{folder}/{person_id}") for folder in FOLDERS)


def _emptied(folder: str) -> int:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return 0
    for name in files:
        default_storage.delete(f"{folder}/{name}")
    inside = sum(_emptied(f"{folder}/{name}") for name in folders)
    # A folder is nothing to most storages; where it is, an empty one can go.
    default_storage.delete(folder)
    return len(files) + inside
