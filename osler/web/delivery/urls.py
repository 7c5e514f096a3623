"""Addresses of Take part."""

from django.urls import path

from osler.web.delivery import taking_part

app_name = "delivery"
urlpatterns = [path("take-part", taking_part.take_part, name="take-part")]
