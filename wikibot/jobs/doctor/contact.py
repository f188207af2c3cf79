"""Judges the wiki itself: can it be reached, is it the right one, is it up to its work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from wikibot.diagnosis import ACCESS, Point, failed, ok, unasked, warning
from wikibot.jobs.doctor.facts import Facts
from wikibot.language import Text, counted, day

if TYPE_CHECKING:
    from wikibot.wiki.mediawiki.examination import Examination

_SOON = timedelta(days=21)
_OLDEST = (1, 39)  # the oldest that the tests run on, a long-term release
_PROTECTIONS = ("baserevid", "nocreate", "createonly", "md5")
_FOREIGN = "certificate"  # the code of the error
_PAGES = (Text("page", "page"), Text("pages", "pages"))
_DAYS = (Text("jour", "day"), Text("jours", "days"))


def judge(facts: Facts) -> Iterator[Point]:
    """Yield what is to be said of the wiki."""
    yield _reach(facts)
    if not facts.on_a_server:
        yield from _identity(facts)
        if facts.wiki is not None:
            yield _disk_wiki(facts)
        return
    if facts.unreached is not None and facts.unreached.code == _FOREIGN:
        yield failed("certificate", facts.unreached.message, _UNTRUSTED, ACCESS)
    silent = facts.why_silent
    if facts.server is None:
        assert silent is not None
        known = {"certificate"} if facts.unreached and facts.unreached.code == _FOREIGN else set()
        if facts.wiki is not None:
            yield from _identity(facts)
            known.add("identity")
        asked = ("certificate", "identity", "software", "writable", "size", "safety")
        yield from unasked([id for id in asked if id not in known], *silent)
        return
    yield from _certificate(facts, facts.server)
    yield from _identity(facts)
    yield _software(facts.server)
    yield _writable(facts.server)
    size = facts.server.site.max_bytes // 1024
    yield ok("size", f"jusqu'à {size} Kio par page.", f"up to {size} KiB a page.")
    yield _safety(facts.server)


_UNTRUSTED = Text(
    "Ouvrez cette adresse dans un navigateur. S'il avertit aussi, prévenez l'administrateur du "
    "serveur. Sinon votre réseau inspecte les connexions : demandez à votre service informatique "
    "le fichier de ses certificats (PEM) et nommez-le par la clé ca_bundle de wikibot.toml. La "
    "vérification ne se désactive pas.",
    "Open that address in a browser. If it warns too, tell the administrator of the server. "
    "Otherwise your network inspects connections: ask your IT department for the file of its "
    "certificates (PEM) and name it by the key ca_bundle of wikibot.toml. The verification cannot "
    "be switched off.",
)


def _reach(facts: Facts) -> Point:
    problem = facts.unreached or facts.mute
    if problem is not None:
        if problem is facts.setup.unusable:
            silent = facts.why_silent
            assert silent is not None
            return unasked(["reach"], *silent)[0]
        if problem.code == _FOREIGN:
            why = Text("le certificat n'est pas valable", "the certificate is not valid")
            return unasked(["reach"], why, _UNTRUSTED)[0]
        return failed("reach", problem.message, problem.advice, problem.exit_code)
    assert facts.wiki is not None
    place = facts.wiki.place
    if facts.server is None:
        return ok("reach", f"{place} se lit.", f"{place} can be read.")
    if facts.server.encrypted:
        return ok(
            "reach",
            f"{place} répond, par une connexion chiffrée.",
            f"{place} answers, over an encrypted connection.",
        )
    return ok(
        "reach",
        f"{place} répond ; la connexion n'est pas chiffrée, mais ne quitte pas cette machine.",
        f"{place} answers; the connection is not encrypted, but does not leave this machine.",
    )


def _certificate(facts: Facts, server: Examination) -> Iterator[Point]:
    if not server.encrypted:
        return
    ends = server.certificate_ends
    if ends is None:
        yield ok("certificate", "valable.", "valid.")
        return
    left = ends - facts.now
    days = counted(max(left.days, 0), *_DAYS)
    found = Text(
        f"valable jusqu'au {day(ends).fr}, encore {days.fr}.",
        f"valid until {day(ends).en}, {days.en} more.",
    )
    if left > _SOON:
        yield Point("certificate", "ok", found)
        return
    yield warning(
        "certificate",
        found,
        Text(
            "Prévenez l'administrateur du serveur : passé ce jour, wikibot s'arrêtera (code 4).",
            "Tell the administrator of the server: after that day wikibot will stop (exit 4).",
        ),
    )


def _identity(facts: Facts) -> Iterator[Point]:
    """Say who the wiki is, and whether the journal is its own."""
    if facts.wiki is None:
        return
    mine, state, server = facts.wiki.wikiid, facts.state, facts.server
    owner = None if state is None or isinstance(state, Exception) else state.owner
    if owner is not None and owner != mine:
        yield failed(
            "identity",
            Text(
                f"le wiki est « {mine} », mais le journal est celui d'un autre, « {owner} ».",
                f"the wiki is “{mine}”, but the journal is another's, “{owner}”.",
            ),
            Text(
                "Si l'adresse du wiki est la bonne, donnez-lui un dossier à lui par la clé state "
                "de wikibot.toml ; sinon corrigez l'adresse.",
                "If the wiki's address is right, give it a folder of its own by the key state of "
                "wikibot.toml; otherwise mend the address.",
            ),
            ACCESS,
        )
        return
    known = (
        Text("celle que note le journal", "the one that the journal has")
        if owner
        else Text("le premier journal la notera", "the first journal will note it")
    )
    if server is None:
        yield ok("identity", f"« {mine} », {known.fr}.", f"“{mine}”, {known.en}.")
        return
    pages = counted(server.pages, *_PAGES)
    yield ok(
        "identity",
        f"« {server.site.name} », {server.server}, {pages.fr} ; identité « {mine} », {known.fr}.",
        f"“{server.site.name}”, {server.server}, {pages.en}; identity “{mine}”, {known.en}.",
    )


def _disk_wiki(facts: Facts) -> Point:
    """Say whether a folder or an export can be written."""
    assert facts.wiki is not None
    if not facts.wiki.writable:
        return ok(
            "writable",
            "c'est un export : il se lit, rien ne s'y publie.",
            "it is an export: it can be read, nothing is saved to it.",
        )
    if facts.folder_writable:
        return ok("writable", "on peut écrire dans le dossier.", "the folder can be written.")
    return failed(
        "writable",
        Text(
            f"wikibot n'a pas le droit d'écrire dans {facts.wiki.place}.",
            f"wikibot may not write in {facts.wiki.place}.",
        ),
        Text(
            f"Tapez : chmod u+rwx {facts.wiki.place}, ou demandez ce droit à qui possède le "
            "dossier.",
            f"Type: chmod u+rwx {facts.wiki.place}, or ask whoever owns the folder for that right.",
        ),
    )


def _software(server: Examination) -> Point:
    generator = server.site.generator
    number = re.search(r"(\d+)\.(\d+)", generator)
    if number and (int(number[1]), int(number[2])) < _OLDEST:
        return warning(
            "software",
            Text(
                f"{generator} est plus ancien que ce sur quoi wikibot est essayé (1.39).",
                f"{generator} is older than what wikibot is tried on (1.39).",
            ),
            Text(
                "Demandez à l'administrateur s'il prévoit une mise à jour. D'ici là, essayez "
                "d'abord sur une page sans importance.",
                "Ask the administrator whether an update is planned. Until then, try on a page of "
                "no importance first.",
            ),
        )
    return ok("software", f"{generator}.", f"{generator}.")


def _writable(server: Examination) -> Point:
    if server.read_only is not None:
        return warning(
            "writable",
            Text(
                f"le wiki est en lecture seule pour l'instant : {server.read_only}",
                f"the wiki is read-only for now: {server.read_only}",
            ),
            Text(
                "Attendez la fin de cette maintenance, puis lancez le robot. Lancé avant, il "
                "attend cinq minutes au plus pour se connecter ou pour lire, une demi-heure pour "
                "une modification, puis s'arrête sans rien perdre (code 5).",
                "Wait for the end of this maintenance, then run the bot. Run before, it waits "
                "five minutes at most to log in or to read, half an hour to save an edit, then "
                "stops without losing anything (exit 5).",
            ),
        )
    return ok(
        "writable", "le wiki accepte les modifications en ce moment.", "the wiki takes edits now."
    )


def _safety(server: Examination) -> Point:
    lacking = [name for name in _PROTECTIONS if name not in server.parameters]
    if lacking:
        names = ", ".join(lacking)
        return failed(
            "safety",
            Text(
                f"ce wiki ne connaît pas {names} : une modification d'une personne pourrait être "
                "perdue.",
                f"this wiki does not know {names}: an edit of a person could be lost.",
            ),
            Text(
                "wikibot n'y publiera rien. Demandez à l'administrateur de mettre MediaWiki à "
                "jour (1.39 ou plus récent).",
                "wikibot will save nothing there. Ask the administrator to update MediaWiki (1.39 "
                "or newer).",
            ),
        )
    return ok(
        "safety",
        f"le wiki refuse d'écraser la modification d'une personne ({', '.join(_PROTECTIONS)}).",
        f"the wiki refuses to overwrite a person's edit ({', '.join(_PROTECTIONS)}).",
    )
