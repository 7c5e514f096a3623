"""Django's settings, all read from the environment by the table in `environment.py`."""

from pathlib import Path
from urllib.parse import urlsplit

from osler.conf import environment
from osler.conf.databases import database
from osler.conf.document_keys import document_keys
from osler.conf.logs import logging_config
from osler.conf.oidc import provider
from osler.conf.schedule import SCHEDULE
from osler.conf.secret_key import kept_secret_key

PACKAGE = Path(__file__).resolve().parents[1]
# A checkout keeps its data beside the code, an installed package where it is started.
ROOT = PACKAGE.parent if (PACKAGE.parent / "pyproject.toml").exists() else Path.cwd()
DATA_DIR = ROOT / environment.text("OSLER_DATA_DIR")
# The same table that docs/reference/settings.md is generated from.
OSLER_OPTIONS = environment.OPTIONS

OSLER_DEMO = environment.flag("OSLER_DEMO")
DEBUG = environment.flag("OSLER_DEBUG")
SECRET_KEY = environment.text("OSLER_SECRET_KEY") or kept_secret_key(DATA_DIR)
OSLER_PUBLIC_URL = environment.text("OSLER_PUBLIC_URL").rstrip("/")
OSLER_REDIS_URL = environment.text("OSLER_REDIS_URL")
OSLER_LIVE_URL = environment.text("OSLER_LIVE_URL")
UPLOAD_MAX_BYTES = environment.number("OSLER_UPLOAD_MAX_MB") * 1_000_000
OSLER_DOCUMENT_KEYS = document_keys(environment.names("OSLER_DOCUMENT_KEYS"))
OSLER_INBOUND_DOMAIN = environment.text("OSLER_INBOUND_DOMAIN") or ("demo.example" if OSLER_DEMO else "")
OSLER_INBOUND_SECRET = environment.text("OSLER_INBOUND_SECRET")

# Hosts and transport
_public = urlsplit(OSLER_PUBLIC_URL)
_is_https = _public.scheme == "https"
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *([_public.hostname] if _public.hostname else []),
    *environment.names("OSLER_ALLOWED_HOSTS"),
]
CSRF_TRUSTED_ORIGINS = [OSLER_PUBLIC_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _is_https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if _is_https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _is_https else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# What the house is made of
CONTEXTS = (
    "audit",
    "messages",
    "people",
    "catalogue",
    "integrity",
    "programme",
    "registration",
    "delivery",
    "learning",
    "credit",
    "needs",
    "outcomes",
    "requirements",
    "reporting",
    "accreditation",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "osler.conf",
    # Contexts appear as they are needed; each is installed from the day its folder holds a package.
    *(f"osler.apps.{name}" for name in CONTEXTS if (PACKAGE / "apps" / name / "__init__.py").exists()),
    "osler.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "osler.conf.security.security_headers",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "osler.web.people.doors.Doors",
    "osler.web.people.acting.ActingFor",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "osler.conf.urls"
WSGI_APPLICATION = "osler.conf.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before allauth's own, so that its pages wear our clothes.
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
            ]
        },
    }
]

# What it remembers
DATABASES = {"default": database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": OSLER_REDIS_URL}
    if OSLER_REDIS_URL
    # Attempts at the doors are counted here, by all processes together: memory would give each its own count.
    else {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_door_count",
        # Rows over this number are thrown away at random: few would let an attacker wash the counts out.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
# Read by the clock of `osler worker`.
OSLER_SCHEDULE = SCHEDULE
# The queue is the database, so a job is enqueued in the transaction that needs it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Who signs in
AUTH_USER_MODEL = "people.Person"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "optional" if OSLER_DEMO else "mandatory"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_ADAPTER = "osler.web.people.adapters.AccountAdapter"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# A link in a mail, with the code in it: once, in the browser that asked, within a quarter of an hour.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
# Per address of the network (ip), per account or e-mail address (key), per person who is signed in (user).
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "request_login_code": "20/m/ip,3/5m/key",
    "reset_password": "20/m/ip,5/5m/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/3m/key",
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reauthenticate": "10/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "10/m/ip"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "osler.web.people.passkey_form.AddPasskeyForm"}
# A passkey stands for password and second factor at once, so its device must ask who holds it.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _is_https
MFA_ALLOW_UNVERIFIED_EMAIL = OSLER_DEMO
MFA_TOTP_ISSUER = "Osler"
# A clock half a minute away still fits.
MFA_TOTP_TOLERANCE = 1
USERSESSIONS_TRACK_ACTIVITY = False

# Who else may vouch for somebody
OSLER_OIDC_NAME, OSLER_OIDC_ORIGIN, SOCIALACCOUNT_PROVIDERS = provider()
OSLER_OIDC_DOMAINS = {name.lower() for name in environment.names("OSLER_OIDC_DOMAINS")}
SOCIALACCOUNT_ADAPTER = "osler.web.people.adapters.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
ACCOUNT_SESSION_REMEMBER = None
# The front door of `osler run` replaces X-Forwarded-For, so exactly one hop is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = 1
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# Words, times, numbers
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

# Files
STATIC_URL = "static/"
MEDIA_ROOT = DATA_DIR / "media"
_static = environment.choice("OSLER_STATIC", ("source", "collected"))
STATIC_ROOT = DATA_DIR / "static" if _static == "collected" else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _static == "collected"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = _static == "source"
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 60

# Mail
_mail = environment.address("OSLER_MAIL_URL", ("smtp",))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text("OSLER_MAIL_FROM")
EMAIL_SUBJECT_PREFIX = ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
if _mail is None:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
else:
    EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.query.get("tls") == "1", _mail.query.get("ssl") == "1"
    EMAIL_TIMEOUT = 20

# Logs
LOGGING = logging_config(
    form=environment.choice("OSLER_LOG_FORMAT", ("", "json", "plain")) or ("plain" if OSLER_DEMO else "json"),
    level=environment.text("OSLER_LOG_LEVEL").upper(),
)
