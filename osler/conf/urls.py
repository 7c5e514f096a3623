"""Every address of the house."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from osler.conf.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("api/", include("osler.api.urls")),
]
if find_spec("osler.web.urls") is not None:
    urlpatterns.append(path("", include("osler.web.urls")))
