"""Tokens for programs, and the answers they were given."""

import functools

import django.db.models.deletion
import django.utils.crypto
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_delegates_npi_and_counts_at_the_doors")]

    operations = [
        migrations.CreateModel(
            name="AccessToken",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=functools.partial(
                            django.utils.crypto.get_random_string, *(10, "bcdfghjkmnpqrstvwxyz23456789")
                        ),
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "scope",
                    models.CharField(
                        choices=[("read", "read"), ("record", "read and record")], max_length=10
                    ),
                ),
                ("secret_sha256", models.CharField(max_length=64, unique=True)),
                ("beginning", models.CharField(max_length=16)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("window_started_at", models.DateTimeField(null=True)),
                ("asked_in_window", models.PositiveIntegerField(default=0)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="access_tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ["-made_at", "-id"]},
        ),
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("idempotency_key", models.CharField(max_length=100)),
                ("question_sha256", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("body", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                (
                    "token",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="people.accesstoken",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["made_at"], name="people_kept_answers")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("token", "idempotency_key"), name="people_one_answer_per_idempotency_key"
                    )
                ],
            },
        ),
    ]
