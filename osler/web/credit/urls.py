"""Addresses of the transcript."""

from django.urls import path, re_path

from osler.web.credit import records, transcript, uploads

app_name = "credit"
urlpatterns = [
    path("record", transcript.record, name="record"),
    path("record/portfolio.json", transcript.portfolio, name="portfolio"),
    re_path(r"^record/template\.(?P<form>csv|xlsx)$", transcript.template, name="template"),
    path("record/new", records.new, name="record-new"),
    path("record/upload", uploads.upload, name="upload"),
    path("record/imports", uploads.imports, name="imports"),
    path("record/imports/<slug:key>", uploads.one_import, name="import"),
    path("record/imports/<slug:key>/columns", uploads.columns, name="import-columns"),
    path("record/imports/<slug:key>/confirm", uploads.confirm, name="import-confirm"),
    path("record/imports/<slug:key>/undo", uploads.undo, name="import-undo"),
    path("record/imports/<slug:key>/discard", uploads.discard, name="import-discard"),
    path("record/activity/<str:key>", records.page, name="record-page"),
    path("record/activity/<str:key>/change", records.change, name="record-change"),
    path("record/activity/<str:key>/remove", records.remove, name="record-remove"),
    path("record/activity/<str:key>/restore", records.restore, name="record-restore"),
]
