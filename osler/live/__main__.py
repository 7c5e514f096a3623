"""`python -m osler.live --fd N | --port N`: the live process, on a given socket or a port."""

import argparse
import os
import socket

import uvicorn

from osler.live.app import create


def main() -> None:
    """Serves until SIGTERM; open streams are cut after a second, the pages reconnect by themselves."""
    parser = argparse.ArgumentParser(prog="python -m osler.live", description="Serve the live streams.")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--fd", type=int, help="an open listening socket")
    where.add_argument("--port", type=int, help="a port on 127.0.0.1")
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osler.conf.settings")
    listening = (
        socket.socket(fileno=chosen.fd)
        if chosen.fd is not None
        else socket.create_server(("127.0.0.1", chosen.port))
    )
    config = uvicorn.Config(
        create(),
        ws="none",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=1,
        lifespan="on",
    )
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
