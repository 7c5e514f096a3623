"""A learner's transcript from the ACCME's system (CME Passport, PARS), one line per credit.

Unconfirmed as a file: the names are those of the draft learner-transcript schema v0.1
(github.com/elliottACCME/tempSchema, 2025-05; the draft nests them, a table flattens them) and of the
pages of CME Passport, which shows activity, provider, completion date, credit type and amount. One
activity may have several lines, a credit each: lines with the same activity id and day become one record.
The names of credit are the schema's values of ``activityCertification``.
"""

from osler.adapters.transcripts.layouts.layout import Layout

LAYOUT = Layout(
    id="accme-transcript",
    name="CME Passport (ACCME)",
    about="A learner's transcript from CME Passport or PARS: one line for each credit of an activity.",
    source="ACCME draft learner-transcript schema v0.1 (github.com/elliottACCME/tempSchema)",
    checked="2026-11-22",
    is_confirmed=False,
    roles={
        "module name": "title",
        "module name value": "title",
        "activity title": "title",
        "activity name": "title",
        "module id": "activity",
        "activity id": "activity",
        "accme activity id": "activity",
        "reporting organization": "provider",
        "provider name": "provider",
        "cme provider": "provider",
        "provider": "provider",
        "completed date time": "completed",
        "completion date": "completed",
        "date completed": "completed",
        "activity certification": "credit-type",
        "credit type": "credit-type",
        "number of credits": "amount",
        "credits": "amount",
        "credit amount": "amount",
        "activity format": "format",
        "credit id": "",
        "credit unit": "",
        "provider organization": "",
        "status": "",
    },
    needs=(
        frozenset({"module name", "module name value", "activity title", "activity name"}),
        frozenset({"module id", "accme activity id", "credit id", "reporting organization"}),
        frozenset({"completed date time", "completion date", "date completed"}),
        frozenset({"activity certification", "credit type"}),
        frozenset({"number of credits", "credits", "credit amount"}),
    ),
    type_words={
        "nursing": "ANCC",
        "pharmacy": "ACPE",
        "aapa category 1": "AAPA_CAT1",
        "psychologist": "APA_CE",
        "optometrist": "COPE_CE",
        "social worker": "ASWB_ACE",
        "dentist": "ADA_CERP",
        "dietetic cpeu": "CDR_CPEU",
        "athletic training ceu": "BOC_CEU",
        "ipce": "IPCE",
        "cme": "AMA_PRA_1",
        "abim": "ABIM_MOC_POINT",
        "abim moc": "ABIM_MOC_POINT",
        "american board of internal medicine": "ABIM_MOC_POINT",
        "abs": "ABS_CC_CREDIT",
        "american board of surgery": "ABS_CC_CREDIT",
    },
)
