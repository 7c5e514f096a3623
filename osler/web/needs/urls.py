"""Addresses of needs: topics, practice, plan."""

from django.urls import path

from osler.web.needs import assessment, goals, plan, practice, rating

app_name = "needs"
urlpatterns = [
    path("needs/topics", assessment.assessment, name="assessment"),
    path("needs/topics/rate", rating.rate, name="rate"),
    path("needs/topics/add", assessment.add, name="topic-add"),
    path("needs/topics/<slug:slug>", assessment.topic, name="topic"),
    path("needs/topics/<slug:slug>/remove", assessment.remove, name="topic-remove"),
    path("needs/topics/<slug:slug>/restore", assessment.restore, name="topic-restore"),
    path("needs/practice", practice.practice, name="practice"),
    path("needs/plan", plan.plan, name="plan"),
    path("needs/plan/new", goals.new, name="goal-new"),
    path("needs/plan/<slug:key>", goals.page, name="goal"),
    path("needs/plan/<slug:key>/change", goals.change, name="goal-change"),
    path("needs/plan/<slug:key>/to/<slug:to>", goals.move, name="goal-move"),
    path("needs/plan/<slug:key>/evidence", goals.link, name="goal-link"),
    path("needs/plan/<slug:key>/evidence/<str:record>/remove", goals.unlink, name="goal-unlink"),
    path("needs/plan/<slug:key>/remove", goals.remove, name="goal-remove"),
    path("needs/plan/<slug:key>/restore", goals.restore, name="goal-restore"),
]
