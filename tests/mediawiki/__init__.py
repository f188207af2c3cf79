"""A real MediaWiki for the tests: `setup.sh` unpacks it, `bench` runs it."""
