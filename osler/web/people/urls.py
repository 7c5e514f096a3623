"""Addresses of the person's own pages and of their account."""

from django.urls import path

from osler.web.people import (
    acting,
    by_link,
    deeds,
    delegates,
    devices,
    notice,
    overview,
    own_data,
    profile,
    tokens,
)

app_name = "people"
urlpatterns = [
    path("me", profile.profile, name="profile"),
    path("me/account", overview.overview, name="account"),
    path("me/delegates", delegates.delegates, name="delegates"),
    path("me/delegates/<slug:key>/change", delegates.change, name="delegate-change"),
    path("me/delegates/<slug:key>/end", delegates.end, name="delegate-end"),
    path("me/delegates/<slug:key>/accept", delegates.accept, name="delegate-accept"),
    path("me/delegates/<slug:key>/decline", delegates.decline, name="delegate-decline"),
    path("me/acting/<slug:key>", acting.start, name="acting-start"),
    path("me/acting", acting.stop, name="acting-stop"),
    path("me/log", deeds.deeds, name="deeds"),
    path("me/data", own_data.own_data, name="own-data"),
    path("me/data/export", own_data.export, name="own-data-export"),
    path("me/data/leave", own_data.leave, name="own-data-leave"),
    path("me/data/stay", own_data.stay, name="own-data-stay"),
    path("me/tokens", tokens.tokens, name="tokens"),
    path("me/tokens/<slug:key>/revoke", tokens.revoke, name="token-revoke"),
    path("privacy", notice.notice, name="notice"),
    path("me/devices/<int:pk>/end", devices.end, name="device-end"),
    path("accounts/login/link", by_link.by_link, name="login-by-link"),
]
