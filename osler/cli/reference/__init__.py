"""The generated pages of docs/reference, each as text made from the code alone: same code, same text."""

from osler.cli.reference.command_line import command_line_page
from osler.cli.reference.contexts import contexts_page
from osler.cli.reference.sets import sets_page
from osler.cli.reference.settings import settings_page


def pages() -> dict[str, str]:
    """File name to text."""
    return {
        "settings.md": settings_page(),
        "command-line.md": command_line_page(),
        "contexts.md": contexts_page(),
        "requirement-sets.md": sets_page(),
    }
