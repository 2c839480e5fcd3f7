"""The browser of the benchmarks: one for all of them."""

from tests.browser.conftest import browser, open_page, windows  # noqa: F401  fixtures
