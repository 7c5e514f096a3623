"""Addresses of messages, preferences and the calendar."""

from django.conf import settings
from django.urls import path

from osler.web.messages import calendar, demo_mail, preferences, sent, switching

app_name = "messages"
urlpatterns = [
    path("messages", sent.sent, name="sent"),
    path("messages/preferences", preferences.preferences, name="preferences"),
    path("messages/test", preferences.test, name="test"),
    path("messages/calendar", preferences.renew_calendar, name="calendar-renew"),
    path("messages/calendar/end", preferences.end_calendar, name="calendar-end"),
    path("messages/<slug:key>", sent.message, name="message"),
    path("messages/<slug:key>/mail", sent.as_mailed, name="message-mail"),
    path("messages/<slug:key>/again", sent.again, name="again"),
    path("mail/off/<str:token>", switching.off, name="off"),
    path("mail/on/<str:token>", switching.on, name="on"),
    path("calendar/<str:token>.ics", calendar.calendar, name="calendar"),
]
demo_patterns = [
    path("demo/mail", demo_mail.mailbox, name="demo-mail"),
    path("demo/mail/<slug:key>", demo_mail.message, name="demo-message"),
    path("demo/mail/<slug:key>/mail", demo_mail.as_mailed, name="demo-message-mail"),
]
# Outside the demo these addresses do not exist, so no menu can offer them.
if settings.OSLER_DEMO:
    urlpatterns += demo_patterns
