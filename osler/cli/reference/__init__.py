"""The generated pages of docs/reference, each as text made from the code alone: same code, same text."""

import json

from osler.cli.reference.command_line import command_line_page
from osler.cli.reference.contexts import contexts_page
from osler.cli.reference.sets import sets_page
from osler.cli.reference.settings import settings_page
from osler.cli.reference.words import words_page
from osler.requirement_sets.answer_schema import answer_schema
from osler.requirement_sets.portfolio_schema import portfolio_schema


def pages() -> dict[str, str]:
    """File name to text."""
    return {
        "settings.md": settings_page(),
        "command-line.md": command_line_page(),
        "contexts.md": contexts_page(),
        "requirement-sets.md": sets_page(),
        "words.md": words_page(),
        "portfolio.schema.json": _schema(portfolio_schema()),
        "answer.schema.json": _schema(answer_schema()),
    }


def _schema(schema: dict[str, object]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
