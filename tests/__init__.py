"""Tests of wikibot; the folders mirror those of the package."""
