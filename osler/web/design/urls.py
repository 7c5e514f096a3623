"""The style page; it answers only in the demo and while developing."""

from django.urls import path

from osler.web.design import style

app_name = "design"
urlpatterns = [
    path("style", style.style_page, name="style"),
    path("style/toast", style.style_toast, name="style-toast"),
]
