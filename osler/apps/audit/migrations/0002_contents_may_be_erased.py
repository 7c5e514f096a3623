from django.db import migrations, models

from osler.apps.audit.seal import seal, unseal


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.AddField(model_name="entry", name="erased_at", field=models.DateTimeField(null=True)),
        migrations.RunPython(seal, unseal),
    ]
