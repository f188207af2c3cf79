import pytest

# Their assertions are shown like those of test modules.
pytest.register_assert_rewrite("tests.wiki.contract", "tests.wiki.exports")
