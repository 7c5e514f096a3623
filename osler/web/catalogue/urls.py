"""Addresses of Find."""

from django.urls import path

from osler.web.catalogue import find

app_name = "catalogue"
urlpatterns = [path("find", find.find, name="find")]
