"""A page on a processor that is many times slower than usual: all of the lab comes, and no edit is lost."""

import pytest

from .address import wait_for_values
from .conftest import WIDE, Watch
from .throttle import limits_of_two_seconds, slow_down
from .waiting import PATIENCE, wait_for_lab, wait_until

SLOWER = 10  # times
# The page's scripts stand still twice, longer than the two seconds that anywidget gives a widget:
# when the page's own scripts are there, and when the script of the first widget of anywidget is about to load.
STAND_STILL = """() => {
    const standStill = () => { for (const end = performance.now() + 2500; performance.now() < end;); };
    const looking = setInterval(() => {
        if (typeof neurolabWidgets === "undefined") return;
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
        const models = await neurolabWidgets.models();
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


@pytest.fixture
def slow_page(new_page, server):
    """A function that opens the lab on a processor that is so many times slower, and waits so many times longer."""

    def open_slowly(times):
        slow_down(new_page, times)
        new_page.set_default_timeout(times * PATIENCE)
        new_page.goto(server.url, wait_until="commit")
        return wait_for_lab(new_page, times * PATIENCE)

    return open_slowly


def wait_for_answers(page, times):
    """Wait until the kernel has answered all that the page has sent."""
    wait_until(lambda: page.evaluate("neurolabLine.unanswered()") == 0, seconds=60 * times)


@pytest.mark.soak
def test_on_a_processor_twenty_times_slower_the_lab_opens_once_and_edits_reach_it(slow_page):
    page = slow_page(20)
    assert views_of_the_lab(page) == [1]
    page.locator(".noUi-handle[aria-label^='tau_a ']").press("ArrowRight")
    field(page, "tau_b").fill("4")
    wait_for_answers(page, 20)
    moved = float(field(page, "tau_a").input_value())
    assert moved > 1.0
    slow_down(page, 1)
    wait_for_values(page, lambda name: field(page, name), tau_a=moved, tau_b=4.0)


@pytest.mark.soak
def test_on_a_processor_ten_times_slower_every_kind_of_edit_reaches_the_lab_in_its_order(slow_page):
    page = slow_page(SLOWER)
    for _ in range(3):
        page.locator(".noUi-handle[aria-label^='tau_a ']").press("ArrowRight")
    field(page, "tau_b").fill("4")
    field(page, "tau_b").press("Enter")
    field(page, "tau_b").fill("7")
    field(page, "tau_b").press("Enter")
    page.get_by_role("button", name="Undo").click()
    wait_for_answers(page, SLOWER)
    moved = float(field(page, "tau_a").input_value())
    assert moved > 1.0
    assert field(page, "tau_b").input_value() == "4"
    page.get_by_role("button", name="Next event").click()
    page.wait_for_selector(".nl-narration >> text=1 of")
    page.locator(".nl-bar select").select_option(label="2 · Coupled Va and Vb")
    wait_for_answers(page, SLOWER)
    page.get_by_role("button", name="Undo").click()
    wait_for_answers(page, SLOWER)
    for heading in page.locator(".nl-fold-heading button").all():
        heading.click()
    wait_for_answers(page, SLOWER)
    for body in page.locator(".nl-fold-body").all():
        body.locator("xpath=*").first.wait_for(state="attached")
    slow_down(page, 1)
    wait_for_values(page, lambda name: field(page, name), tau_a=moved, tau_b=4.0)
