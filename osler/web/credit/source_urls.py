"""Addresses of records that look alike and of the ways in which records come."""

from django.urls import path

from osler.web.credit import calendars, merging, sources

urlpatterns = [
    path("record/sources", sources.sources, name="sources"),
    path("record/alike", merging.alike, name="alike"),
    path("record/alike/plain", merging.merge_plain, name="merge-plain"),
    path("record/alike/<str:first>/<str:second>/merge", merging.merge, name="merge"),
    path("record/alike/<str:first>/<str:second>/apart", merging.apart, name="apart"),
    path("record/alike/<str:first>/<str:second>/ask", merging.ask_again, name="ask-again"),
    path("record/merged/<slug:key>/undo", merging.undo, name="merge-undo"),
    path("record/calendars/new", calendars.new, name="calendar-new"),
    path("record/calendars/<slug:key>", calendars.calendar, name="calendar"),
    path("record/calendars/<slug:key>/events", calendars.choose, name="calendar-choose"),
    path("record/calendars/<slug:key>/confirm", calendars.confirm, name="calendar-confirm"),
    path("record/calendars/<slug:key>/match", calendars.match, name="calendar-match"),
    path("record/calendars/<slug:key>/leave-out", calendars.leave_out, name="calendar-leave-out"),
    path("record/calendars/<slug:key>/again", calendars.again, name="calendar-again"),
    path("record/calendars/<slug:key>/remove", calendars.remove, name="calendar-remove"),
]
