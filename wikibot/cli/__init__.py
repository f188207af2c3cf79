"""The command line: parses, calls a job, prints, exits. Nothing else is decided here."""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from importlib import import_module
from types import FrameType
from typing import Any, NoReturn

import click

from wikibot import __version__
from wikibot.cli import discreet
from wikibot.cli.session import Session, complain, fall_silent
from wikibot.cli.spoken import CONTEXT, LANGUAGE, Commands, say
from wikibot.cli.table import HOMES
from wikibot.errors import WikibotError
from wikibot.language import Text

INTERNAL_ERROR, INTERRUPTED, PIPE_CLOSED, TERMINATED = 1, 130, 141, 143  # 128 + the signal's


class _Wikibot(Commands):
    """The whole command line; the module of a command is loaded when the command is."""

    _loaded: MutableMapping[str, click.Command]

    @property
    def commands(self) -> MutableMapping[str, click.Command]:
        """All commands, loaded, in the order in which people meet them."""
        for name in HOMES:
            self._load(name)
        self._loaded = {name: self._loaded[name] for name in self.list_commands(None)}
        return self._loaded

    @commands.setter
    def commands(self, loaded: MutableMapping[str, click.Command]) -> None:
        self._loaded = loaded

    def _load(self, name: str) -> None:
        if name in HOMES and name not in self._loaded:
            home = HOMES[name]
            module = import_module(f"{__name__}.{home.module}")
            self._loaded[name] = getattr(module, home.attribute)

    def list_commands(self, ctx: click.Context | None) -> list[str]:
        """Return the names in the order in which people meet them."""
        return list(dict.fromkeys([*HOMES, *self._loaded]))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, None where there is none of that name."""
        self._load(cmd_name)
        return self._loaded.get(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the commands do, for which none is loaded."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, home.says) for name, home in HOMES.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a reader that closed its end of the pipe ends it in silence."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            fall_silent()
            ctx.exit(PIPE_CLOSED)
        except (WikibotError, click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            ctx.exit(_internal_error(error, ctx.obj))


@click.group(
    cls=_Wikibot,
    context_settings=CONTEXT,
    help=say(
        "Lit, vérifie, corrige et publie les fiches de communs d'un wiki sémantique.\n\n"
        "Rien n'est écrit sur un wiki sans --apply, et toute publication s'annule avec « undo ».",
        "Reads, checks, mends and saves the pages of commons on a semantic wiki.\n\n"
        "Nothing is written to a wiki without --apply, and every run can be taken back by “undo”.",
    ),
)
@click.option(
    "--wiki",
    metavar="URL|FOLDER|DUMP",
    help=say(
        "Adresse de l'api.php, dossier de pages ou export XML (l'emporte sur wikibot.toml).",
        "Address of api.php, folder of pages or XML export; overrides wikibot.toml.",
    ),
)
@click.option(
    "--config",
    type=click.Path(),
    metavar="FILE",
    help=say(
        "Le fichier de configuration (sinon wikibot.toml, cherché vers le haut).",
        "The configuration file (else wikibot.toml, looked for upwards).",
    ),
)
@click.option(
    "--site",
    metavar="NAME",
    help=say("L'un des wikis de la configuration.", "One of the configured wikis."),
)
@click.option(
    "--mapping",
    metavar="NAME|FOLDER",
    help=say(
        "La correspondance entre champs et modèles (par défaut : resilience).",
        "The mapping of fields and templates (by default: resilience).",
    ),
)
@click.option(
    "--mirror",
    is_flag=True,
    help=say(
        "Lit la copie locale du wiki, faite par « pull », au lieu du wiki.",
        "Reads the local copy of the wiki, made by “pull”, instead of the wiki.",
    ),
)
@click.option(
    "--lang",
    type=click.Choice(["fr", "en"]),
    default=LANGUAGE,
    help=say("Langue des messages.", "Language of the messages."),
)
@click.option(
    "--debug",
    is_flag=True,
    help=say(
        "Détail des erreurs et journal sur la sortie d'erreur.",
        "Details of errors, and a log on standard error.",
    ),
)
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help=say(
        "Journal pour une personne, ou en JSON, un objet par ligne.",
        "A log for a person, or in JSON, one object a line.",
    ),
)
@click.option(
    "--log-file",
    type=click.Path(),
    metavar="FILE",
    help=say(
        "Ajoute le journal à ce fichier aussi, que son propriétaire seul peut lire.",
        "Appends the log to this file too, which its owner alone can read.",
    ),
)
@click.version_option(
    __version__, message="wikibot %(version)s", help=say("Affiche la version.", "Show the version.")
)
@click.pass_context
def wikibot(
    ctx: click.Context,
    wiki: str | None,
    config: str | None,
    site: str | None,
    mapping: str | None,
    mirror: bool,
    lang: str,
    debug: bool,
    log_format: str,
    log_file: str | None,
) -> None:
    """Keep what was chosen for the command that follows."""
    ctx.obj = Session(wiki, config, site, mapping, "en" if lang == "en" else "fr", debug, mirror)
    ctx.call_on_close(ctx.obj.close)
    from pathlib import Path

    from wikibot.cli import logs

    file = Path(log_file) if log_file else None
    logs.start(debug, "json" if log_format == "json" else "text", file)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit with the code of the contract (`wikibot.errors`)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a locale that knows no « → » prints an escape
            stream.reconfigure(errors="backslashreplace")
    handlers = {number: signal.getsignal(number) for number in _SIGNALS}
    end = discreet.begin()
    try:
        _on(signal.SIGTERM, _terminate)
        sys.exit(_code(sys.argv[1:] if arguments is None else arguments))
    finally:
        logs = sys.modules.get("wikibot.cli.logs")
        if logs is not None:
            logs.stop()
        if arguments is not None:  # a process of our own stays as it is to its very end
            end()
            for number, handler in handlers.items():
                _on(number, handler)


def _code(arguments: list[str]) -> int:
    try:
        return _run(arguments)
    except KeyboardInterrupt as error:  # again, at the instant at which the first was caught
        return _stopped(error, _INTERRUPTED, INTERRUPTED)
    except Terminated as error:
        return _stopped(error, _TERMINATED, TERMINATED)


def _run(arguments: list[str]) -> int:
    try:
        code = wikibot.main(arguments, prog_name="wikibot", standalone_mode=False)
    except WikibotError as error:
        complain(error.message, error.advice)
        _log(error)
        code = error.exit_code
    except click.ClickException as error:
        from wikibot.cli.usage import advice, words

        complain(words(error), advice(error))
        code = 2
    except (KeyboardInterrupt, click.Abort) as error:
        code = _stopped(error, _INTERRUPTED, INTERRUPTED)
    except Terminated as error:
        code = _stopped(error, _TERMINATED, TERMINATED)
    except Exception as error:
        code = _internal_error(error, None, "--debug" in arguments)
    return code if isinstance(code, int) else 0


def _stopped(error: BaseException, words: Text, code: int) -> int:
    """Say that a signal ended the command; the same signal again changes nothing any more."""
    for number in _SIGNALS:
        _on(number, signal.SIG_IGN)
    complain(words, _GOES_ON)
    _log(error)
    return code


def _internal_error(error: Exception, session: object, debug: bool = False) -> int:
    """Say that wikibot is wrong, and where the traceback is."""
    if debug or (isinstance(session, Session) and session.debug):
        click.echo(discreet.traceback_of(error), err=True, nl=False)
    file = session.keep_crash(error) if isinstance(session, Session) else None
    _log(error)
    name = type(error).__name__
    complain(
        Text(f"erreur interne de wikibot ({name}).", f"internal error of wikibot ({name})."),
        Text(f"Signalez-la, avec le fichier {file}.", f"Report it, with the file {file}.")
        if file
        else Text(
            "Relancez avec --debug et signalez ce qui s'affiche.",
            "Run again with --debug and report what it shows.",
        ),
    )
    return INTERNAL_ERROR


def _log(error: BaseException) -> None:
    from wikibot.cli import logs

    logs.keep(error)


_INTERRUPTED = Text("interrompu.", "interrupted.")
_TERMINATED = Text("arrêté.", "stopped.")
_GOES_ON = Text(
    "Ce qui est publié l'est, le reste n'a pas été touché ; « wikibot runs » le dit.",
    "What was saved is saved, the rest was not touched; “wikibot runs” tells.",
)


class Terminated(SystemExit):
    """Somebody asked the process to end: what is open is closed, the journal knows the rest."""


def _terminate(number: int, frame: FrameType | None) -> NoReturn:
    raise Terminated(TERMINATED)


_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def _on(number: signal.Signals, handler: Any) -> None:
    with suppress(ValueError, TypeError):  # not in the main thread; a handler not of Python
        signal.signal(number, handler)
