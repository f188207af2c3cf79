"""OAuth with an owner-only consumer: every request says by itself who sends it.

Source: MediaWiki, Extension:OAuth, OAuth/Owner-only consumers.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import requests

from wikibot.errors import ConfigError
from wikibot.language import Text
from wikibot.redaction import hide

Signer = Callable[[requests.PreparedRequest], requests.PreparedRequest]


def bearer(token: str) -> Signer:
    """Return what puts an OAuth 2 access token on a request.

    Raises:
        ConfigError: it is not one word.
    """
    (word,) = _words(token, 1)
    header = f"Bearer {word}"

    def sign(request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = header
        return request

    return sign


def signature(secret: str) -> Signer:
    """Return what signs a request by OAuth 1 (HMAC-SHA1), each with a nonce of its own.

    `secret` is the consumer token, the consumer secret, the access token and the access secret,
    in the order in which MediaWiki shows them.

    Raises:
        ConfigError: it is not four words.
    """
    words = _words(secret, 4)
    # At level DEBUG these print what they sign: the text of a page, its token.
    for library in ("oauthlib", "requests_oauthlib"):
        logger = logging.getLogger(library)
        if logger.level == logging.NOTSET:
            logger.setLevel(logging.WARNING)
    from requests_oauthlib import OAuth1

    consumer_key, consumer_secret, access_token, access_secret = words

    def sign(request: requests.PreparedRequest) -> requests.PreparedRequest:
        signer = OAuth1(consumer_key, consumer_secret, access_token, access_secret)
        signed: requests.PreparedRequest = signer(request)
        return signed

    return sign


def _words(secret: str, wanted: int) -> list[str]:
    words = secret.split()
    for word in words:
        hide(word)
    sendable = all(word.isascii() and word.isprintable() for word in words)
    if len(words) == wanted and sendable:
        return words
    number = len(words)
    if wanted == 1:
        raise ConfigError(
            Text(
                f"Le secret d'OAuth 2 doit être un seul mot ; il y en a {number}."
                if number != 1
                else "Le secret d'OAuth 2 contient un caractère qui ne s'envoie pas.",
                f"The secret of OAuth 2 must be one word; there are {number}."
                if number != 1
                else "The secret of OAuth 2 holds a character that cannot be sent.",
            ),
            Text(
                "C'est le jeton d'accès (access token) que la page "
                "Spécial:OAuthConsumerRegistration a montré pour votre application.",
                "It is the access token that the page Special:OAuthConsumerRegistration has "
                "shown for your application.",
            ),
        )
    raise ConfigError(
        Text(
            f"Le secret d'OAuth 1 doit être quatre mots ; il y en a {number}."
            if number != wanted
            else "Le secret d'OAuth 1 contient un caractère qui ne s'envoie pas.",
            f"The secret of OAuth 1 must be four words; there are {number}."
            if number != wanted
            else "The secret of OAuth 1 holds a character that cannot be sent.",
        ),
        Text(
            "Copiez-les dans l'ordre où la page Spécial:OAuthConsumerRegistration les montre, "
            "sur une ligne ou sur quatre : jeton du consommateur (consumer token), secret du "
            "consommateur, jeton d'accès (access token), secret d'accès.",
            "Copy them in the order in which the page Special:OAuthConsumerRegistration shows "
            "them, on one line or on four: consumer token, consumer secret, access token, access "
            "secret.",
        ),
    )
