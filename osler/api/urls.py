"""Addresses of the API; whatever lies beside them is a problem, not a page."""

from django.urls import URLPattern, URLResolver, path, re_path

from osler.api.manual import manual
from osler.api.problems import unknown, with_problems
from osler.api.v1 import api

_patterns, _app, _namespace = api.urls
for _pattern in _patterns:
    if isinstance(_pattern, URLPattern):
        _pattern.callback = with_problems(_pattern.callback)

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/docs", manual, name="api-manual"),
    path("v1/", (_patterns, _app, _namespace)),
    re_path(r"^(?P<path>.*)$", unknown),
]
