"""Clicks at spikes, counted where the page would hand them to the loudspeaker."""

from .conftest import WIDE
from .waiting import PATIENCE, wait_for_lab, wait_until

COUNTING = """
window.clicks = [];
window.loudness = [];
window.AudioContext = class {
  currentTime = 0;
  destination = {};
  createOscillator() {
    const tone = { frequency: {}, connect: (next) => next, stop() {}, start: () => window.clicks.push(tone.frequency.value) };
    return tone;
  }
  createGain() {
    return { gain: { setValueAtTime: (value) => window.loudness.push(value), exponentialRampToValueAtTime() {} },
             connect: (next) => next };
  }
  close() {}
};
"""


def test_each_spike_that_is_passed_clicks_where_sound_is_wanted_and_nothing_does_before(
    browser, server
):
    context = browser.new_context(**WIDE)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(COUNTING)
    page.goto(server.url)
    wait_for_lab(page)
    page.locator("input[title^='Vt ']").fill("5")  # the target fires as well
    track, following = (
        page.get_by_role("slider", name="time cursor"),
        page.get_by_role("button", name="next event"),
    )
    following.click()
    wait_until(lambda: track.get_attribute("aria-valuenow") == "1")
    assert page.evaluate("window.clicks") == []
    track.press("Home")
    toggle = page.locator(".nl-narration").get_by_role("button", name="click at each spike")
    wait_until(lambda: toggle.get_attribute("aria-pressed") == "false")
    toggle.click()
    wait_until(lambda: toggle.get_attribute("aria-pressed") == "true")

    def heard_on_the_way():
        track.press("Home")
        page.evaluate("() => { window.clicks = []; window.loudness = []; }")
        track.press("End")
        wait_until(lambda: track.get_attribute("aria-valuenow") == "9.9")
        return page.evaluate("window.clicks")

    wait_until(lambda: sorted(heard_on_the_way()) == [440, 880])  # once the times are there
    quieter, louder = sorted(page.evaluate("window.loudness"))
    assert quieter < louder  # the target fires once, the inputs more often
    track.press("Home")
    page.evaluate("window.clicks = []")
    following.click()
    wait_until(lambda: page.evaluate("window.clicks") == [880])
    page.locator(".nl-spikes input").first.fill("0, 4")
    wait_until(lambda: page.locator(".nl-raster-picture .spike[aria-valuenow='0']").count() == 1)
    track.press("Escape")
    wait_until(lambda: page.locator(".nl-cursor-shown").count() == 0)
    page.evaluate("window.clicks = []")
    track.press("Home")  # where playing begins
    wait_until(lambda: page.evaluate("window.clicks") == [880])
    toggle.click()
    wait_until(lambda: toggle.get_attribute("aria-pressed") == "false")
    track.press("End")
    wait_until(lambda: track.get_attribute("aria-valuenow") == "9.9")
    assert page.evaluate("window.clicks") == [880]
    page.goto("about:blank")
    context.close()
