"""The timetable of recurring jobs: name, cron expression in UTC, and the dotted path of a task.

A task is called with the moment of the tick as ISO text. Contexts stay in order because nobody imports this
table: the clock in ``apps.messages`` looks each task up by its path. A new job is one line here.
"""

SCHEDULE: tuple[tuple[str, str, str], ...] = (
    ("mail", "*/5 * * * *", "osler.apps.messages.tasks.sweep"),
    ("reminders", "1-59/15 * * * *", "osler.apps.requirements.tasks.send_reminders"),
    ("digests", "3-59/15 * * * *", "osler.apps.requirements.tasks.send_digests"),
    ("rule-changes", "17 * * * *", "osler.apps.requirements.tasks.find_rule_changes"),
    ("refresh-answers", "41 2 * * *", "osler.apps.requirements.tasks.refresh_stale_answers"),
    ("calendars", "29 * * * *", "osler.apps.credit.tasks.refresh_calendars"),
    ("close-cycles", "7 * * * *", "osler.apps.requirements.tasks.close_ended_cycles"),
    ("clean-up", "23 3 * * *", "osler.apps.messages.tasks.clean_up"),
    ("drop-files", "53 3 * * *", "osler.apps.credit.tasks.drop_old_files"),
    ("purge-documents", "43 3 * * *", "osler.apps.credit.tasks.purge_documents"),
    ("end-accounts", "33 3 * * *", "osler.apps.people.tasks.end_accounts"),
)
