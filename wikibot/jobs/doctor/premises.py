"""Judges this machine: the folder of the journal and the lock, the disk, the clock."""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.diagnosis import CONFIGURATION, Point, failed, ok, unasked, warning
from wikibot.errors import LockHeld, WikibotError
from wikibot.jobs.doctor.facts import Facts
from wikibot.jobs.doctor.machine import StateFacts
from wikibot.language import Text, counted

_MIB = 2**20
_LITTLE, _TOO_LITTLE = 500 * _MIB, 50 * _MIB
_UNITS = (
    (86400, Text("jour", "day"), Text("jours", "days")),
    (3600, Text("heure", "hour"), Text("heures", "hours")),
    (60, Text("minute", "minute"), Text("minutes", "minutes")),
)
_AWRY = 60.0  # seconds


def judge(facts: Facts) -> Iterator[Point]:
    """Yield what is to be said of this machine."""
    if facts.wiki is not None and not facts.wiki.writable:
        return  # an export: no run ever needs a journal
    state = facts.state
    if isinstance(state, WikibotError):
        yield failed("state", state.message, state.advice, CONFIGURATION)
    elif state is None:
        silent = facts.why_silent or _NO_WIKI
        yield from unasked(["state", "journal", "disk", "lock"], *silent)
    else:
        yield from _state(state)
    if facts.on_a_server:
        yield _clock(facts)


_NO_WIKI = (
    Text("le wiki n'a pas été trouvé", "the wiki was not found"),
    Text("Corrigez d'abord son adresse.", "Mend its address first."),
)


def _state(state: StateFacts) -> Iterator[Point]:
    yield _folder(state)
    if state.exists and state.trouble is None:
        yield _modes(state)
    yield _journal(state)
    if state.network is not None:
        yield _elsewhere(state.folder, state.network)
    if state.free is not None:
        yield _space(state, state.free)
    if state.trouble is None:
        yield _lock(state)


def _folder(state: StateFacts) -> Point:
    folder = state.folder
    if state.trouble is not None:
        return failed(
            "state",
            Text(
                f"impossible d'écrire dans {folder} ({state.trouble}).",
                f"cannot write in {folder} ({state.trouble}).",
            ),
            Text(
                "Sans journal rien n'est publié. Rendez ce dossier accessible en écriture au "
                "compte qui lance wikibot, ou nommez-en un autre par la clé state de wikibot.toml.",
                "Without a journal nothing is saved. Make this folder writable for the account "
                "that runs wikibot, or name another by the key state of wikibot.toml.",
            ),
            CONFIGURATION,
        )
    if not state.exists:
        return ok(
            "state",
            f"{folder}, sera créé à la première publication.",
            f"{folder}, will be made by the first save.",
        )
    return ok("state", f"{folder}", f"{folder}")


def _modes(state: StateFacts) -> Point:
    if not state.open:
        return ok(
            "modes",
            "les autres comptes de cette machine n'y lisent rien.",
            "other accounts of this machine read nothing there.",
        )
    names = ", ".join(str(state.folder) if name == "." else name for name in state.open[:5])
    names += ", …" if len(state.open) > 5 else ""
    return warning(
        "modes",
        Text(
            f"d'autres comptes de cette machine y ont accès : {names}.",
            f"other accounts of this machine have access: {names}.",
        ),
        Text(
            f"Tapez : chmod -R go-rwx {state.folder}. Le journal contient le texte des pages.",
            f"Type: chmod -R go-rwx {state.folder}. The journal holds the texts of pages.",
        ),
    )


def _journal(state: StateFacts) -> Point:
    if state.damage is not None:
        return failed("journal", state.damage.message, state.damage.advice, CONFIGURATION)
    if state.owner is None:
        return ok(
            "journal",
            "pas encore ; le premier --apply le commence.",
            "none yet; the first --apply begins it.",
        )
    return ok("journal", "se lit.", "can be read.")


def _elsewhere(folder: object, network: str) -> Point:
    return warning(
        "filesystem",
        Text(
            f"{folder} est sur une autre machine ({network}) : ni le journal ni le verrou n'y "
            "sont sûrs.",
            f"{folder} is on another machine ({network}): neither journal nor lock are safe there.",
        ),
        Text(
            "Nommez par la clé state de wikibot.toml un dossier du disque de cette machine.",
            "Name a folder on this machine's own disk by the key state of wikibot.toml.",
        ),
    )


def _space(state: StateFacts, free: int) -> Point:
    found = Text(f"{_amount(free).fr}.", f"{_amount(free).en}.")
    if free >= _LITTLE:
        return Point("disk", "ok", found)
    remedy = Text(
        f"Libérez de la place sur le disque de {state.folder} : le journal garde le texte de "
        "chaque page publiée.",
        f"Make room on the disk of {state.folder}: the journal keeps the text of every page saved.",
    )
    return (warning if free >= _TOO_LITTLE else failed)("disk", found, remedy)


def _amount(free: int) -> Text:
    if free < 2**30:
        return Text(f"{free // _MIB} Mio", f"{free // _MIB} MiB")
    number = f"{free / 2**30:.1f}"
    return Text(f"{number.replace('.', ',')} Gio", f"{number} GiB")


def _lock(state: StateFacts) -> Point:
    if state.locked is None:
        return ok("lock", "libre.", "free.")
    if isinstance(state.locked, LockHeld):
        remedy = Text(
            "Attendez qu'elle finisse. N'effacez pas le verrou : il tombe de lui-même.",
            "Wait for it to end. Do not delete the lock: it lets go by itself.",
        )
        return warning("lock", state.locked.message, remedy)
    return failed("lock", state.locked.message, state.locked.advice, CONFIGURATION)


def _clock(facts: Facts) -> Point:
    if facts.server is None:
        silent = facts.why_silent
        assert silent is not None
        return unasked(["clock"], *silent)[0]
    ahead = facts.server.clock_ahead
    if abs(ahead) <= _AWRY:
        return ok("clock", "à l'heure du wiki.", "agrees with the wiki's.")
    much = _duration(abs(ahead))
    way = Text("avance", "ahead") if ahead > 0 else Text("retarde", "behind")
    return warning(
        "clock",
        Text(
            f"celle de cette machine {way.fr} de {much.fr} sur celle du wiki.",
            f"this machine's is {much.en} {way.en} of the wiki's."
            if ahead > 0
            else f"this machine's is {much.en} {way.en} the wiki's.",
        ),
        Text(
            "Réglez l'heure de cette machine (sous Linux : timedatectl set-ntp true). Aucune "
            "modification n'est en danger, mais les dates du journal et des rapports sont fausses.",
            "Set the time of this machine (on Linux: timedatectl set-ntp true). No edit is in "
            "danger, but the dates of the journal and the reports are wrong.",
        ),
    )


def _duration(seconds: float) -> Text:
    size, one, many = next((unit for unit in _UNITS if seconds >= 2 * unit[0]), _UNITS[-1])
    return counted(round(seconds / size), one, many)
