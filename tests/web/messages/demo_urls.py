"""All addresses, those of the demo among them."""

from django.urls import include, path

from osler.conf.urls import urlpatterns as ours
from osler.web.messages import urls

demo = (urls.demo_patterns, "demo")
urlpatterns = [path("", include((urls.demo_patterns, "messages"), namespace="messages")), *ours]
