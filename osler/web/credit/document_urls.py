"""Addresses of certificates."""

from django.urls import path

from osler.web.credit import document_address, documents

urlpatterns = [
    path("record/certificates", documents.certificates, name="documents"),
    path("record/certificates/address/new", document_address.renew, name="document-address"),
    path("record/certificates/address/close", document_address.close, name="document-address-close"),
    path("record/certificates/<slug:key>", documents.document, name="document"),
    path("record/certificates/<slug:key>/file", documents.file, name="document-file"),
    path("record/certificates/<slug:key>/page-<int:number>.webp", documents.picture, name="document-picture"),
    path("record/certificates/<slug:key>/remove", documents.remove, name="document-remove"),
    path("record/certificates/<slug:key>/restore", documents.restore, name="document-restore"),
    path("record/certificates/<slug:key>/attach", documents.attach, name="document-attach"),
    path("record/activity/<str:key>/certificates", documents.add_to_record, name="record-certificates"),
    path("inbound/mail", document_address.receive, name="inbound-mail"),
]
