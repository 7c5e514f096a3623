"""Passing a body on as it comes, whatever its size, at the speed of the slower side."""

from asyncio import IncompleteReadError, LimitOverrunError, StreamReader, StreamWriter

from osler.cli.front.head import BadMessage, Body

PIECE = 64 * 1024
MAX_TRAILERS = 20


class BrokenOff(ConnectionError):
    """The side that sends went away in the middle of its body."""


async def pass_on(body: Body, source: StreamReader, target: StreamWriter) -> None:
    """Copies one body byte by byte in its own framing.

    Raises BadMessage for broken framing, BrokenOff where the source ends too early, ConnectionError where the
    target is gone.
    """
    try:
        if body.chunked:
            await _chunks(source, target)
        elif body.length is None:
            await _until_end(source, target)
        else:
            await _exactly(body.length, source, target)
    except IncompleteReadError as error:
        raise BrokenOff("The body broke off.") from error
    except LimitOverrunError as error:
        raise BadMessage("A chunk cannot be read.") from error


async def _exactly(length: int, source: StreamReader, target: StreamWriter) -> None:
    while length:
        piece = await source.read(min(PIECE, length))
        if not piece:
            raise BrokenOff("The body broke off.")
        length -= len(piece)
        target.write(piece)
        await target.drain()


async def _until_end(source: StreamReader, target: StreamWriter) -> None:
    while piece := await source.read(PIECE):
        target.write(piece)
        await target.drain()


async def _chunks(source: StreamReader, target: StreamWriter) -> None:
    while True:
        line = await source.readuntil(b"\r\n")
        size = line.removesuffix(b"\r\n").partition(b";")[0].strip(b" \t")
        if not 1 <= len(size) <= 15 or size.strip(b"0123456789abcdefABCDEF"):
            raise BadMessage("A chunk cannot be read.")
        # Extensions of a chunk concern one connection only; they end here.
        target.write(size + b"\r\n")
        if int(size, 16) == 0:
            break
        await _exactly(int(size, 16), source, target)
        if await source.readexactly(2) != b"\r\n":
            raise BadMessage("A chunk does not end where it says.")
        target.write(b"\r\n")
    for _ in range(MAX_TRAILERS):
        if await source.readuntil(b"\r\n") == b"\r\n":
            # Trailers are left out: nobody here reads them.
            target.write(b"\r\n")
            await target.drain()
            return
    raise BadMessage("There are too many trailers.", 431)
