"""Addresses of Apply."""

from django.urls import path

from osler.web.outcomes import applying, commitments, reflecting

app_name = "outcomes"
urlpatterns = [
    path("apply", applying.apply, name="apply"),
    path("apply/reflections.json", applying.everything, name="everything"),
    path("apply/reflect/<str:record>", reflecting.reflect, name="reflect"),
    path("apply/reflect/<str:record>/remove", reflecting.remove, name="reflection-remove"),
    path("apply/reflect/<str:record>/restore", reflecting.restore, name="reflection-restore"),
    path("apply/commitments/<slug:key>", commitments.look, name="commitment"),
    path("apply/commitments/<slug:key>/take-back", commitments.take_back, name="commitment-take-back"),
]
