"""What axe-core finds wrong with a page."""

from axe_playwright_python.sync_playwright import Axe


def serious_violations(page):
    """Rules that are broken seriously or worse, each with the first elements that break it."""
    found = Axe().run(page).response
    assert len(found["passes"]) > 10
    return [
        (rule["id"], [node["target"] for node in rule["nodes"]][:5])
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    ]
