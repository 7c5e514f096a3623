"""A physician assistant's log with the NCCPA, one line per logged activity.

The fields are those of NCCPA's own instructions (nccpa.net, CME Logging Instructions, read 2026-11-22):
activity start date, activity end date (optional), credits logged, activity title, sponsor, provider,
type. Unconfirmed as a file: no description of a download was found. Dates are month first. Who sponsored
a Category I activity says whose credit it is; without a known sponsor it is taken as AAPA's, with a note.
"""

from osler.adapters.transcripts.layouts.layout import Layout

LAYOUT = Layout(
    id="nccpa-log",
    name="NCCPA CME log",
    about="The log of activities a physician assistant keeps with the NCCPA.",
    source="NCCPA, CME Logging Instructions (nccpa.net)",
    checked="2026-11-22",
    is_confirmed=False,
    roles={
        "activity title": "title",
        "activity start date": "started",
        "activity end date": "completed",
        "credits logged": "amount",
        "credits": "amount",
        "hours earned": "amount",
        "sponsor": "sponsor",
        "provider": "provider",
        "category": "credit-type",
        "activity type": "credit-type",
        "type": "credit-type",
        "cme type": "credit-type",
        "specialty or caq": "",
        "cycle": "",
    },
    needs=(
        frozenset({"activity title"}),
        frozenset({"activity start date"}),
        frozenset({"credits logged", "hours earned", "credits"}),
    ),
    date_order="mdy",
    credit_type="AAPA_CAT1",
    type_words={
        "category i": "AAPA_CAT1",
        "category 1": "AAPA_CAT1",
        "category i cme": "AAPA_CAT1",
        "category i pre approved": "AAPA_CAT1",
        "certificate program": "AAPA_CAT1",
        "certificate program category i": "AAPA_CAT1",
        "certification programs": "AAPA_CAT1",
        "self assessment": "AAPA_CAT1_SA",
        "self assessment sa": "AAPA_CAT1_SA",
        "category i self assessment": "AAPA_CAT1_SA",
        "category i self assessment sa": "AAPA_CAT1_SA",
        "performance improvement": "AAPA_CAT1_PI",
        "performance improvement pi": "AAPA_CAT1_PI",
        "pi cme": "AAPA_CAT1_PI",
        "category i pi cme": "AAPA_CAT1_PI",
        "category i performance improvement": "AAPA_CAT1_PI",
        "category ii": "AAPA_CAT2",
        "category 2": "AAPA_CAT2",
        "category ii cme": "AAPA_CAT2",
        "category ii elective": "AAPA_CAT2",
    },
)
