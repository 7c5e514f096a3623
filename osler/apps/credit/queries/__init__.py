"""What the credit context answers: transcripts, records as rules see them, imports as pages show them."""

from osler.apps.credit.queries.imports import (
    ImportPage,
    import_by_key,
    import_page,
    imports_of,
    mapping_of,
    sample_lines,
)
from osler.apps.credit.queries.kept_files import kept_files
from osler.apps.credit.queries.portfolio import record_value, records_for_portfolio, transcript_file
from osler.apps.credit.queries.transcript import (
    SORTS,
    TotalOfType,
    TotalOfYear,
    TranscriptFilters,
    TranscriptPage,
    record_by_key,
    totals_by_type,
    totals_by_year,
    transcript,
    transcript_rows,
)
from osler.apps.credit.queries.wording import role_choices, role_name

__all__ = [
    "SORTS",
    "ImportPage",
    "TotalOfType",
    "TotalOfYear",
    "TranscriptFilters",
    "TranscriptPage",
    "import_by_key",
    "import_page",
    "imports_of",
    "kept_files",
    "mapping_of",
    "record_by_key",
    "record_value",
    "records_for_portfolio",
    "role_choices",
    "role_name",
    "sample_lines",
    "totals_by_type",
    "totals_by_year",
    "transcript",
    "transcript_file",
    "transcript_rows",
]
