"""A Dask cluster as a crew; the only place that knows Dask, which need not be installed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from importlib.metadata import version

from wikibot.errors import ConfigError, Unavailable, WikibotError
from wikibot.jobs.spreading.crew import Crew
from wikibot.jobs.spreading.parts import other_version
from wikibot.jobs.spreading.spread import lost_again
from wikibot.language import Text

_SECONDS = 10  # to be heard by the scheduler, then by a first worker


@contextmanager
def cluster(address: str) -> Iterator[Crew]:
    """Give the workers of the Dask scheduler at an address; Dask itself replaces those lost.

    Certificates (tls://…) are those of Dask's own configuration.

    Raises:
        ConfigError: Dask is not installed, it is no address, or a worker has another wikibot.
        Unavailable: the scheduler does not answer, has no worker, or loses them all.
    """
    try:
        from distributed import Client, KilledWorker
        from distributed.comm.addressing import parse_address
        from distributed.comm.core import CommClosedError
        from distributed.comm.registry import get_backend
    except ImportError:
        raise ConfigError(
            Text("--scheduler demande Dask.", "--scheduler needs Dask."),
            Text(
                "Installez-le : pip install 'wikibot[dask]'",
                "Install it: pip install 'wikibot[dask]'",
            ),
            "no-dask",
        ) from None
    try:
        get_backend(parse_address(address, strict=True)[0])
    except ValueError:
        raise _no_address(address) from None
    with _quiet(), ExitStack() as held:
        try:
            client = Client(address, timeout=_SECONDS, set_as_default=False)
        except OSError:  # its timeout too
            raise _silent(address) from None
        held.callback(client.close, timeout=5)

        def look() -> None:
            if not client.nthreads():
                raise _no_worker(address)

        try:
            client.wait_for_workers(1, timeout=_SECONDS)
            _same_version(client.run(version, "wikibot", on_error="return"))
            # one part at a time for each process, however many threads it has
            workers = len(client.nthreads())
            yield Crew(workers, lambda: client.get_executor(pure=False), look)
        except KilledWorker:
            raise lost_again() from None
        except (CommClosedError, CancelledError):
            raise _silent(address) from None
        except TimeoutError:
            raise _no_worker(address) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Let Dask say nothing by itself: what matters is told in one line."""
    log = logging.getLogger("distributed")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


def _same_version(told: dict[str, object]) -> None:
    for theirs in told.values():
        if theirs != version("wikibot"):
            raise other_version(theirs if isinstance(theirs, str) else "")


def _no_address(address: str) -> ConfigError:
    return ConfigError(
        Text(
            f"« {address} » n'est pas l'adresse d'un ordonnanceur Dask.",
            f"“{address}” is not the address of a Dask scheduler.",
        ),
        Text(
            "Une adresse s'écrit tcp://machine:8786.", "An address is written tcp://machine:8786."
        ),
        "scheduler-address",
    )


def _silent(address: str) -> WikibotError:
    return Unavailable(
        Text(
            f"L'ordonnanceur Dask {address} ne répond pas, ou plus : rien n'est écrit.",
            f"The Dask scheduler {address} does not answer, or no longer: nothing is written.",
        ),
        Text(
            "Regardez s'il tourne (dask scheduler), puis relancez ; ou calculez ici : --workers.",
            "Look whether it runs (dask scheduler), then retry; or work here: --workers.",
        ),
        "no-scheduler",
    )


def _no_worker(address: str) -> WikibotError:
    return Unavailable(
        Text(
            f"L'ordonnanceur Dask {address} n'a aucun poste de calcul : rien n'est écrit.",
            f"The Dask scheduler {address} has no worker: nothing is written.",
        ),
        Text(
            f"Lancez-en un (dask worker {address}), puis relancez.",
            f"Start one (dask worker {address}), then retry.",
        ),
        "no-worker",
    )
