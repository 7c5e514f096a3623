"""Addresses of the person's own page."""

from django.urls import path

from osler.web.people import profile

app_name = "people"
urlpatterns = [path("me", profile.profile, name="profile")]
