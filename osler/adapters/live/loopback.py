"""Publishing by a signed POST to the live process of the same machine, for one node without Redis."""

import http.client
from urllib.parse import urlsplit

from osler.adapters.live import LiveEvent
from osler.adapters.live.token import sign_message

PUBLISH_PATH = "/publish"
SIGNATURE_HEADER = "X-Osler-Signature"
TIMEOUT_SECONDS = 1.0


class LoopbackPublisher:
    """One POST per event to `url` (`http://127.0.0.1:port`). Raises OSError where it is not accepted."""

    def __init__(self, url: str, key: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "http" or not parts.hostname or parts.port is None:
            raise ValueError(f"Not the address of a live process: {url!r}.")
        self._host, self._port, self._key = parts.hostname, parts.port, key

    def publish(self, event: LiveEvent) -> None:
        body = event.as_json().encode()
        connection = http.client.HTTPConnection(self._host, self._port, timeout=TIMEOUT_SECONDS)
        try:
            connection.request("POST", PUBLISH_PATH, body, {SIGNATURE_HEADER: sign_message(self._key, body)})
            status = connection.getresponse().status
        except http.client.HTTPException as error:
            raise OSError(f"the live process answered nonsense ({type(error).__name__})") from error
        finally:
            connection.close()
        if status != 204:
            raise OSError(f"the live process answered {status}")
