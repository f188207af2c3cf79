"""Why the system did not let a file be read, in words for people."""

from __future__ import annotations

import errno

from wikibot.language import Text, same

_WHY = {
    errno.ENOENT: Text("il n'existe pas", "it does not exist"),
    errno.ELOOP: Text("c'est un lien symbolique, qui n'est pas suivi", "it is a symbolic link"),
    errno.EISDIR: Text("ce n'est pas un fichier ordinaire", "it is no ordinary file"),
    errno.EACCES: Text("vous n'avez pas le droit de le lire", "you may not read it"),
}
_WHY[errno.EMLINK] = _WHY[errno.ELOOP]  # FreeBSD
_WHY[errno.EPERM] = _WHY[errno.EACCES]


def why(error: OSError) -> Text:
    """Return the reason; the system's own words where we have no better ones."""
    return _WHY.get(error.errno or 0) or same(error.strerror or error)
