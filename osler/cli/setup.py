"""Starting Django for the commands that need the database; `osler assess` and its like never do."""

import os


def prepare_django() -> None:
    """Loads the settings and every context once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osler.conf.settings")
    import django

    django.setup()
