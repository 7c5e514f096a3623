"""Addresses of the clinician's standing."""

from django.urls import path

from osler.web.requirements import adding, answering, credential, home, searching, sets

app_name = "requirements"
urlpatterns = [
    path("", home.home, name="home"),
    path("credentials/new", adding.choose, name="choose"),
    path("credentials/new/<slug:set_id>", adding.add, name="add"),
    path("credentials/<slug:key>", credential.credential, name="credential"),
    path("credentials/<slug:key>/change", credential.change, name="credential-change"),
    path("credentials/<slug:key>/remove", credential.remove, name="credential-remove"),
    path("credentials/<slug:key>/restore", credential.restore, name="credential-restore"),
    path("questions/<slug:name>", answering.answer, name="question"),
    path("questions/<slug:name>/withdraw", answering.withdraw, name="question-withdraw"),
    path("search", searching.search, name="search"),
    path("sets", sets.sets, name="sets"),
    path("sets/<slug:set_id>", sets.one_set, name="set"),
]
