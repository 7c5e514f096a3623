import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_access_tokens")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="leaves_at",
            field=models.DateTimeField(blank=True, db_index=True, null=True),
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("privacy-notice", "Osler keeps what its privacy notice says"),
                            ("assistant", "Somebody acts for you"),
                            ("share", "Others read part of your record"),
                            ("program", "A program reads or keeps your record"),
                            ("calendar-out", "A calendar shows your due dates"),
                            ("calendar-in", "Osler reads a calendar of yours"),
                            ("mail-in", "Osler takes certificates by mail"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_given", models.BooleanField()),
                ("subject", models.CharField(blank=True, max_length=60)),
                ("detail", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "indexes": [models.Index(fields=["person", "-at"], name="people_consents")],
            },
        ),
    ]
