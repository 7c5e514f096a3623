"""The roster a provider uploads to CE Broker, one line per attendance (help.cebroker.com, Excel roster).

Confirmed: the columns and their order, A to J. The roster names provider and course by number only and,
for full credit, no hours: such lines are refused and say so. Lines for other licences than the person's
own are refused as well. Columns G and H repeat ``State=`` and ``Profession=`` in every cell.
"""

from osler.adapters.transcripts.layouts.layout import Layout

LAYOUT = Layout(
    id="ce-broker-roster",
    name="CE Broker roster",
    about="The roster a provider reports to CE Broker; your own lines in it, where they state hours.",
    source="CE Broker help centre, Reporting Course Completions Using Excel",
    checked="2026-11-22",
    is_confirmed=True,
    roles={
        "a provider tracking no no 50": "provider-number",
        "provider tracking no": "provider-number",
        "b course tracking no no 20": "course-number",
        "course tracking no": "course-number",
        "c own course id": "activity",
        "own course id": "activity",
        "d publishing no": "",
        "publishing no": "",
        "e license no": "licence-number",
        "license no": "licence-number",
        "license number": "licence-number",
        "f completion date": "completed",
        "completion date": "completed",
        "g state": "",
        "state": "",
        "h profession": "",
        "profession": "",
        "i subject area code partial": "",
        "subject area code": "",
        "j hours partial": "amount",
        "hours": "amount",
    },
    needs=(
        frozenset({"a provider tracking no no 50", "provider tracking no"}),
        frozenset({"e license no", "license no", "license number"}),
        frozenset({"f completion date", "completion date"}),
    ),
    date_order="mdy",
)
