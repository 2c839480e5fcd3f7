"""Playing a run on the lab's page, and how often the kernel hears of it."""

import time

from .conftest import WIDE
from .waiting import wait_for_lab, wait_until

pytest_plugins = ("tests.browser.lab_page", "tests.browser.stepper")


def test_playing_goes_through_the_run_and_pausing_holds_it(stepper):
    speed = stepper.page.get_by_label("speed of playing")
    speed.select_option(
        label="0.25×"
    )  # it stays at the event long enough to be read, on a slow machine too
    stepper.play.click()
    wait_until(lambda: stepper.time() > 0)
    stepper.wait_for(stepper.sentences[0])
    wait_until(lambda: stepper.play.get_attribute("aria-label") == "pause")
    speed.select_option(label="4×")
    wait_until(lambda: stepper.time() > 4.5)
    stepper.play.click()
    held = stepper.time()
    time.sleep(0.3)
    wait_until(lambda: stepper.between())
    assert stepper.time() == held < 9.9
    stepper.play.click()
    wait_until(lambda: stepper.time() == 9.9)
    wait_until(lambda: stepper.play.get_attribute("aria-label") == "play")
    stepper.page.get_by_label("speed of playing").select_option(label="1×")


def test_playing_stops_at_events_where_that_is_wanted(stepper):
    stepper.page.get_by_label("speed of playing").select_option(label="4×")
    stepper.stops.click()
    for sentence in stepper.sentences[:4]:
        stepper.play.click()
        stepper.wait_for(sentence)
        wait_until(lambda: stepper.play.get_attribute("aria-label") == "play")
    stepper.page.get_by_label("speed of playing").select_option(label="1×")


def test_playing_in_frames_a_tenth_of_a_second_apart_passes_no_event_by(stepper):
    """Ten steps of 0.1 ms add up to a little less than 1 ms, where the first event is."""
    stepper.stops.click()
    stepper.page.evaluate("""() => {
      const frame = window.requestAnimationFrame.bind(window);
      let shown = 0;
      window.requestAnimationFrame = (draw) => frame((now) => draw(now + 1000 * shown++));
      window.realFrames = () => { window.requestAnimationFrame = frame; };
    }""")
    try:
        for sentence in stepper.sentences[:3]:
            stepper.play.click()
            stepper.wait_for(sentence)
    finally:
        stepper.page.evaluate("window.realFrames()")


def test_playing_on_at_once_goes_to_the_next_event_before_the_kernel_was_told_of_this_one(stepper):
    stepper.page.get_by_label("speed of playing").select_option(label="4×")
    stepper.stops.click()
    stepper.page.evaluate("""() => {
      const play = document.querySelector(".nl-step-play"), track = document.querySelector(".nl-cursor-track");
      window.stops = [];
      const observer = new MutationObserver(() => {
        if (play.getAttribute("aria-label") !== "play") return;
        window.stops.push(Number(track.getAttribute("aria-valuenow")));
        if (window.stops.length < 6) play.click();
        else observer.disconnect();
      });
      observer.observe(play, { attributeFilter: ["aria-label"] });
      play.click();
    }""")
    wait_until(lambda: stepper.page.evaluate("window.stops.length") == 6)
    assert stepper.page.evaluate("window.stops") == [1, 1, 2, 2, 3, 3]
    stepper.wait_for(stepper.sentences[5])
    stepper.page.get_by_label("speed of playing").select_option(label="1×")


def test_playing_on_goes_to_the_next_event_before_the_kernel_has_answered(stepper, server):
    stepper.page.get_by_label("speed of playing").select_option(label="4×")
    stepper.stops.click()
    stepper.play.click()
    stepper.wait_for(stepper.sentences[0])
    kernel = server.kernel_of(stepper.page)
    kernel.suspend()
    try:
        times = []
        for _ in stepper.sentences[1:5]:
            stepper.play.click()
            wait_until(lambda: stepper.play.get_attribute("aria-label") == "play")
            times.append(stepper.time())
    finally:
        kernel.resume()
    assert times == [1, 2, 2, 3]
    stepper.wait_for(stepper.sentences[4])
    stepper.page.get_by_label("speed of playing").select_option(label="1×")


def test_a_press_on_the_traces_or_on_next_ends_the_playing(stepper):
    for interrupt in (
        lambda: stepper.page.mouse.click(stepper.pixel(6.0), stepper.figure_middle()),
        stepper.next.click,
    ):
        stepper.play.click()
        wait_until(lambda: stepper.play.get_attribute("aria-label") == "pause")
        interrupt()
        wait_until(lambda: stepper.play.get_attribute("aria-label") == "play")


def test_a_drag_asks_the_kernel_at_most_twenty_times_a_second(browser, server):
    context = browser.new_context(**WIDE)
    page, sent = context.new_page(), []
    page.on(
        "websocket",
        lambda socket: socket.on("framesent", lambda frame: sent.append(time.monotonic())),
    )
    page.goto(server.url)
    wait_for_lab(page)
    track = page.get_by_role("slider", name="time cursor")
    track.wait_for()
    box = track.bounding_box()
    page.mouse.move(box["x"], box["y"] + 10)
    page.mouse.down()
    sent.clear()
    began = time.monotonic()
    for step in range(150):
        page.mouse.move(box["x"] + box["width"] * step / 150, box["y"] + 10)
    page.mouse.up()
    wait_until(lambda: "t = 9.9 ms" in track.get_attribute("aria-valuetext"))
    seconds = time.monotonic() - began
    assert 1 <= len(sent) <= 20 * seconds + 3
    page.goto("about:blank")
    context.close()


def test_where_motion_is_to_be_reduced_playing_goes_from_event_to_event(open_page):
    page = wait_for_lab(open_page({**WIDE, "reduced_motion": "reduce"}))
    page.get_by_label("speed of playing").select_option(label="4×")
    page.evaluate("""() => {
      const track = document.querySelector(".nl-cursor-track"), time = () => track.getAttribute("aria-valuenow");
      window.times = new Set([time()]);
      new MutationObserver(() => window.times.add(time())).observe(track, { attributeFilter: ["aria-valuenow"] });
    }""")
    page.locator(".nl-step-play").click()
    wait_until(lambda: page.evaluate("window.times.size") > 1)
    wait_until(lambda: page.locator(".nl-step-play").get_attribute("aria-label") == "play")
    wait_until(lambda: page.evaluate("[...window.times]") == ["0", "1", "2", "3", "4", "9.9"])


def test_an_edit_while_playing_does_not_take_the_cursor_back(stepper):
    speed = stepper.page.get_by_label("speed of playing")
    stepper.page.evaluate("""() => {
      const track = document.querySelector(".nl-cursor-track");
      window.times = [];
      window.seen = new MutationObserver(() => window.times.push(Number(track.getAttribute("aria-valuenow"))));
      window.seen.observe(track, { attributeFilter: ["aria-valuenow"] });
    }""")
    stepper.play.click()
    stepper.wait_for(stepper.sentences[1])
    speed.select_option(label="0.25×")  # it stays at this event long enough
    stepper.lab.spike_lists.first.fill("0.2, 0.3, 0.4, 0.5, 1, 4")
    marks = stepper.page.locator(".nl-cursor-track path")
    wait_until(lambda: marks.get_attribute("d").count("M") == 8)
    speed.select_option(label="4×")
    wait_until(lambda: stepper.time() >= 2)
    stepper.play.click()
    times = stepper.page.evaluate("window.seen.disconnect(), window.times")
    assert times == sorted(times)
    speed.select_option(label="1×")
