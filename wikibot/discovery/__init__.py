"""Reads what a wiki says of its own pages (templates, forms, properties, samples) into a mapping.

Pure: texts in, values out. `wikibot.jobs.discover` reads the wiki.
"""
