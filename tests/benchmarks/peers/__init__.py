"""wikibot beside its peers, on one MediaWiki and one machine, in one run (README.md beside)."""
