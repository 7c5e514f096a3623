"""Addresses of the transcript."""

from django.urls import path, re_path

from osler.web.credit import (
    document_urls,
    dossier,
    opened,
    records,
    same_as,
    sharing,
    source_urls,
    transcript,
    uploads,
)

app_name = "credit"
urlpatterns = [
    path("credentials/<slug:key>/dossier", dossier.dossier, name="dossier"),
    path("record/files", dossier.files, name="files"),
    path("record/files/<slug:key>", dossier.file, name="file"),
    path("record/files/<slug:key>/download", dossier.download, name="file-download"),
    path("record/shared", sharing.links, name="share-links"),
    path("record/shared/new", sharing.new, name="share-new"),
    path("record/shared/<slug:key>/revoke", sharing.revoke, name="share-revoke"),
    # Not called by the word for sharing: everybody with the address may open these, assistants too.
    path("shared/<str:token>", opened.page, name="opened-link"),
    path("shared/<str:token>/continuing-education.pdf", opened.pdf, name="opened-link-pdf"),
    path("shared/<str:token>/certificates/<slug:key>", opened.certificate, name="opened-link-certificate"),
    path("record", transcript.record, name="record"),
    path("record/portfolio.json", transcript.portfolio, name="portfolio"),
    re_path(r"^record/template\.(?P<form>csv|xlsx)$", transcript.template, name="template"),
    path("record/waiting", same_as.waiting, name="waiting"),
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
    *document_urls.urlpatterns,
    *source_urls.urlpatterns,
]
