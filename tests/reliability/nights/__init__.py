"""Nights by the dozen on a real wiki: its people, its bad weather, its bot, and what must hold.

`people` says what persons do, by day and in the midst of a night, `weather` which requests fail;
`scene` spends the nights; `truth` reads the wiki's own database, behind the API, and `ledger` the
bot's own files, each without a line of wikibot; `mornings` holds the one against the other.
"""
