"""The design of the house: what a status, an amount, a chart, a table and a form look like.

Plain values come in, ready geometry and words go out; `osler.web.templatetags.osler_design` hands
them to the templates in `templates/components/`. Nothing here reads the database or the clock.
"""
