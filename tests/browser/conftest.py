"""What every browser test stands on; the town and its keys are told in test_pages."""

from __future__ import annotations

from tests.browser.test_pages import browser, site, town

__all__ = ["browser", "site", "town"]
