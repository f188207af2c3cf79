"""What to say where no API of a wiki was found."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from wikibot.errors import AccessError, ConfigError, Unavailable, WikibotError
from wikibot.language import Text
from wikibot.redaction import redacted
from wikibot.visible import visible

PAGE_ADDRESS = Text(
    "Donnez l'adresse d'une page du wiki telle que votre navigateur la montre ; ou celle de "
    "l'api.php, que la page Spécial:Version du wiki indique.",
    "Give the address of a page of the wiki as your browser shows it; or the one of api.php, "
    "which the page Special:Version of the wiki tells.",
)


def no_api(start: str, elsewhere: Sequence[str], statuses: Sequence[int]) -> WikibotError:
    """Return why no API was found from the address `start`.

    `elsewhere` are addresses of other hosts it led to, `statuses` the HTTP errors met.
    """
    host = urlsplit(start).netloc
    if elsewhere:
        target = visible(redacted(elsewhere[0].partition("?")[0]), 200)
        return ConfigError(
            Text(
                f"{host} mène à un autre serveur, {target} ; rien n'y a été demandé.",
                f"{host} leads to another server, {target}; nothing was asked there.",
            ),
            Text(
                "Si c'est bien là le wiki, donnez cette adresse. Si c'est une page de connexion, "
                "demandez à l'administrateur un accès direct à l'api.php.",
                "If that is the wiki, give that address. If it is a page to log in, ask the "
                "administrator for direct access to api.php.",
            ),
        )
    away = next((status for status in statuses if status == 429 or status >= 500), None)
    if away is not None:
        return Unavailable(
            Text(
                f"{host} répond par une erreur (HTTP {away}).",
                f"{host} answers with an error (HTTP {away}).",
            ),
            Text("Relancez plus tard.", "Run again later."),
        )
    closed = next((status for status in statuses if status in (401, 403)), None)
    if closed is not None:
        return AccessError(
            Text(
                f"Le serveur {host} ne laisse pas voir de wiki (HTTP {closed}).",
                f"The server {host} lets no wiki be seen (HTTP {closed}).",
            ),
            Text(
                "Il demande un mot de passe avant même le wiki, ou écarte les robots : demandez à "
                "l'administrateur un accès direct à l'api.php.",
                "It wants a password before the wiki itself, or turns bots away: ask the "
                "administrator for direct access to api.php.",
            ),
        )
    return ConfigError(
        Text(
            f"Aucun MediaWiki trouvé à {visible(start, 200)}.",
            f"No MediaWiki found at {visible(start, 200)}.",
        ),
        PAGE_ADDRESS,
    )
