"""The clinician's standing: the first page, each credential explained, questions, sets, search."""
