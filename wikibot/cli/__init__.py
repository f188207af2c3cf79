"""The command line: parses, calls a job, prints, exits. Nothing else is decided here."""

from __future__ import annotations

import io
import signal
import sys
import traceback
from contextlib import suppress
from types import FrameType
from typing import NoReturn

import click

from wikibot import __version__
from wikibot.cli.session import Session, complain, fall_silent
from wikibot.cli.spoken import CONTEXT, LANGUAGE, Commands, say
from wikibot.errors import WikibotError
from wikibot.language import Text

INTERNAL_ERROR, INTERRUPTED, PIPE_CLOSED, TERMINATED = 1, 130, 141, 143  # 128 + the signal's


class _Wikibot(Commands):
    """The whole command line."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a reader that closed its end of the pipe ends it in silence."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            fall_silent()
            ctx.exit(PIPE_CLOSED)


@click.group(
    cls=_Wikibot,
    context_settings=CONTEXT,
    help=say(
        "Lit, vérifie, corrige et publie les fiches de communs d'un wiki sémantique.\n\n"
        "Rien n'est écrit sur un wiki sans --apply, et toute publication se reprend avec « undo ».",
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
    lang: str,
    debug: bool,
) -> None:
    """Keep what was chosen for the command that follows."""
    ctx.obj = Session(wiki, config, site, mapping, "en" if lang == "en" else "fr", debug)
    ctx.call_on_close(ctx.obj.close)
    from wikibot.cli import logs

    logs.start(debug)


def _add_commands() -> None:
    from wikibot.cli import ledger, reading, trying, writing

    for command in (
        trying.demo,
        reading.check,
        reading.explain,
        reading.show,
        reading.pages,
        writing.fix,
        writing.set_,
        writing.plan,
        writing.apply,
        ledger.runs,
        ledger.undo,
        reading.mapping,
    ):
        wikibot.add_command(command)


_add_commands()


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and exit with the code of the contract (`wikibot.errors`)."""
    arguments = sys.argv[1:] if arguments is None else arguments
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a locale that knows no « → » prints an escape
            stream.reconfigure(errors="backslashreplace")
    with suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGTERM, _terminate)
    try:
        code = wikibot.main(arguments, prog_name="wikibot", standalone_mode=False)
    except WikibotError as error:
        complain(error.message, error.advice)
        code = error.exit_code
    except click.ClickException as error:
        from wikibot.cli.usage import advice, words

        complain(words(error), advice(error))
        code = 2
    except (KeyboardInterrupt, click.Abort):
        complain(Text("interrompu.", "interrupted."), _GOES_ON)
        code = INTERRUPTED
    except Exception as error:
        if "--debug" in arguments:
            traceback.print_exc()
        name = type(error).__name__
        complain(
            Text(f"erreur interne de wikibot ({name}).", f"internal error of wikibot ({name})."),
            Text(
                "Relancez avec --debug et signalez ce qui s'affiche.",
                "Run again with --debug and report what it shows.",
            ),
        )
        code = INTERNAL_ERROR
    sys.exit(code if isinstance(code, int) else 0)


_GOES_ON = Text(
    "Ce qui est publié l'est, le reste n'a pas été touché ; « wikibot runs » le dit.",
    "What was saved is saved, the rest was not touched; “wikibot runs” tells.",
)


def _terminate(number: int, frame: FrameType | None) -> NoReturn:
    """Stop in order: what is open is closed, and the journal knows what was under way."""
    sys.exit(TERMINATED)
