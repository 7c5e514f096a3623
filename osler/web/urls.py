"""Addresses of all pages: each context brings its own, the design brings the style page."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

# In the order of the five words; a context is listed here once and served from the day it has pages.
CONTEXTS = (
    "requirements",
    "needs",
    "catalogue",
    "delivery",
    "learning",
    "credit",
    "outcomes",
    "messages",
    "people",
    "audit",
)

urlpatterns: list[URLPattern | URLResolver] = [path("", include("osler.web.design.urls"))]
for context in CONTEXTS:
    if find_spec(f"osler.web.{context}") and find_spec(f"osler.web.{context}.urls"):
        urlpatterns.append(path("", include(f"osler.web.{context}.urls")))
