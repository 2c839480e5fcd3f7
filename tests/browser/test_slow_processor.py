"""A page on a processor that is many times slower than usual: all of the lab comes, and no edit is lost."""

import pytest

from .address import wait_for_values
from .conftest import WIDE, Watch
from .throttle import limits_of_two_seconds, slow_down
from .waiting import PATIENCE, wait_for_lab, wait_until

SLOWER = 20  # times
# The page's scripts stand still twice, longer than the two seconds that the widgets' manager gives the lab and that anywidget
# gives a widget: when the manager is there, and when the script of the first widget of anywidget is about to load.
STAND_STILL = """() => {
    const standStill = () => { for (const end = performance.now() + 2500; performance.now() < end;); };
    const looking = setInterval(() => {
        if (!window.jupyterapp?.widgetManager) return;
        clearInterval(looking);
        standStill();
    }, 5);
    const create = URL.createObjectURL;
    URL.createObjectURL = (...args) => {
        URL.createObjectURL = create;
        standStill();
        return create(...args);
    };
}"""


@pytest.fixture
def new_page(browser, server):
    """A page with nothing in it yet; what must not happen is looked for at the end."""
    context = browser.new_context(**WIDE)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    watch = Watch(page, server.url)
    yield page
    page.goto("about:blank")
    context.close()
    watch.check()


def field(page, name):
    return page.locator(f"input[title^='{name} ']")


def views_of_the_lab(page):
    """How many views each model has whose view is the whole lab."""
    return page.evaluate("""async () => {
        const models = await Promise.all(Object.values(jupyterapp.widgetManager._models));
        const labs = models.filter((model) => (model.get("_dom_classes") ?? []).includes("neurolab-lab"));
        return labs.map((model) => Object.keys(model.views).length);
    }""")


def test_a_page_that_stands_still_while_it_opens_makes_every_widget_once(new_page, server):
    new_page.add_init_script(f"({STAND_STILL})()")
    new_page.goto(server.url)
    wait_for_lab(new_page)
    assert views_of_the_lab(new_page) == [1]
    assert limits_of_two_seconds(new_page) == [False, True]
    # The widgets of anywidget hear their kernel: one shows the jump to which the button of another goes.
    new_page.get_by_role("button", name="Next event").click()
    new_page.wait_for_selector(".nl-narration >> text=1 of")


@pytest.mark.soak
def test_on_a_slow_processor_the_lab_opens_and_edits_reach_it(new_page, server):
    slow_down(new_page, SLOWER)
    new_page.set_default_timeout(SLOWER * PATIENCE)
    new_page.goto(server.url, wait_until="commit")
    wait_for_lab(new_page, SLOWER * PATIENCE)
    assert views_of_the_lab(new_page) == [1]
    new_page.locator(".noUi-handle[aria-label^='tau_a ']").press("ArrowRight")
    field(new_page, "tau_b").fill("4")
    new_page.get_by_role("button", name="Next event").click()
    slow_down(new_page, 1)
    wait_until(lambda: new_page.evaluate("neurolabLine.unanswered()") == 0)
    moved = float(field(new_page, "tau_a").input_value())
    assert moved > 1.0
    wait_for_values(new_page, lambda name: field(new_page, name), tau_a=moved, tau_b=4.0)
