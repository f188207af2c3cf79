"""No secret leaves by standard output, by standard error or by an error that nobody foresaw."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import IO, Any, cast

from wikibot.redaction import redacted
from wikibot.visible import visible


class _Bytes:
    """The binary side of a stream: click writes there where the locale knows no accents."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def write(self, data: bytes) -> int:
        """Write, secrets taken out."""
        text = bytes(data).decode("utf-8", "surrogateescape")
        self._stream.write(redacted(text).encode("utf-8", "surrogateescape"))
        return len(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _Words:
    """A text stream; what it is given in one piece leaves without secrets."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, secrets taken out; return the length of what was given."""
        self._stream.write(redacted(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write them all."""
        for line in lines:
            self.write(line)

    @property
    def buffer(self) -> _Bytes:
        """The binary side, if there is one."""
        return _Bytes(self._stream.buffer)  # type: ignore[attr-defined]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def begin() -> Callable[[], None]:
    """Let everything that is printed from now on be redacted; return what ends it."""
    streams = sys.stdout, sys.stderr
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and not isinstance(stream, _Words):
            setattr(sys, name, cast(IO[str], _Words(stream)))
    sys.excepthook, threading.excepthook, sys.unraisablehook = _at_the_top, _in_thread, _unraised

    def end() -> None:
        sys.stdout, sys.stderr = streams
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks

    return end


def traceback_of(error: BaseException) -> str:
    """Return the traceback of an error without secrets, and harmless to a terminal."""
    return _harmless(traceback.format_exception(error))


def _harmless(parts: Iterable[str]) -> str:
    # Redacted first: a secret may not look like itself any more once it is made visible.
    return "".join(f"{visible(line)}\n" for line in redacted("".join(parts)).splitlines())


def _at_the_top(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    _print(_harmless(traceback.format_exception(kind, error, trace)))


def _in_thread(failure: threading.ExceptHookArgs) -> None:
    if failure.exc_type is not SystemExit:
        parts = traceback.format_exception(
            failure.exc_type, failure.exc_value, failure.exc_traceback
        )
        _print(_harmless(parts))


def _unraised(failure: sys.UnraisableHookArgs) -> None:
    parts = traceback.format_exception(failure.exc_type, failure.exc_value, failure.exc_traceback)
    _print(_harmless([f"{failure.err_msg or 'ignored'}: {failure.object!r}\n", *parts]))


def _print(text: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(text)
        sys.stderr.flush()
