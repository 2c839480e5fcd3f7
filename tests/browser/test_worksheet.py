"""A worksheet's page, used as a student uses it."""

import json
import time

import numpy as np
import pytest

from neurolab.exercises.handin import HandIn, total
from neurolab.exercises.loading import load
from neurolab.exercises.questions import Choice, Number, Prediction, Shows
from neurolab.experiment.checked import state_unit
from neurolab.experiment.experiment import Experiment, Inputs
from neurolab.units import unit

from .accessibility import serious_violations
from .conftest import PHONE, WIDE
from .server import Server, free_port
from .waiting import PATIENCE, patient, wait_until

SHEET = load("connection", 3)
# Fill what the browser keeps for the page, to the last character.
FILL = """() => [localStorage, sessionStorage].forEach((storage) => {
  for (let size = 2 ** 22; size >= 1; size /= 2)
    for (let place = 0; ; place++)
      try { storage.setItem(`${size} ${place}`, "x".repeat(size)); } catch { break; }
})"""
FIELD = ".nl-sheet-prompt + * > *"


@pytest.fixture(scope="module")
def sheet_server(tmp_path_factory):
    port = free_port()
    arguments = [
        "neurolab",
        "worksheet",
        SHEET.name,
        "--seed",
        "3",
        "--no-browser",
        "--port",
        str(port),
    ]
    running = Server(
        arguments, f"http://localhost:{port}/", tmp_path_factory.mktemp("worksheet") / "log"
    )
    try:
        yield running.wait_until_up()
    finally:
        running.stop()


class Sheet:
    """What is on the page, by the names that a student sees."""

    def __init__(self, page):
        self.page = page

    def step(self, place):
        return self.page.locator(".nl-steps button").nth(place)

    def turn_to(self, place):
        """Turn to an exercise and wait until both its text and its field are there: they come one by one."""
        if self.is_at(place):
            return
        self.page.locator(FIELD).evaluate(
            "(field) => { field.dataset.of = 'the exercise before'; }"
        )
        self.step(place).click()
        wait_until(
            lambda: self.is_at(place) and self.page.locator(f"{FIELD}:not([data-of])").count() == 1
        )

    def is_at(self, place):
        return self.page.locator(".nl-sheet-prompt h2").inner_text().startswith(f"{place + 1}. ")

    def check(self):
        """Press Check; what is said then, which may still be about the answer before."""
        self.page.get_by_role("button", name="Check", exact=True).click()
        return self.said()

    def check_until_right(self, exercise, seconds=60):
        """Press Check again and again: a run may still be under way."""
        end = time.monotonic() + patient(seconds)
        while not (said := self.check()).startswith("Right."):
            assert time.monotonic() < end, f"{exercise.name}: {said}"

    def said(self):
        said = self.page.locator(".nl-sheet-feedback [role=status]")
        said.wait_for()
        return said.inner_text()

    def helped(self):
        return self.page.locator(".nl-sheet-help").inner_text()

    def points(self):
        return self.page.locator(".nl-steps-points").inner_text().strip()

    def type(self, text):
        self.page.get_by_role("textbox", name="your ").fill(text)

    def choose(self, legend, place):
        self.page.get_by_role("group", name=legend).get_by_role("radio").nth(place).check()

    def open_file(self, path):
        with self.page.expect_file_chooser() as chooser:
            self.page.locator(".widget-upload").click()
        chooser.value.set_files(path)

    def draw(self, exercise):
        """Draw the solution with the mouse."""
        curve = exercise.question.trace
        factor = unit(state_unit(exercise.start, exercise.start.group(curve.group), curve.state))[0]
        times, values = np.array(exercise.solution["points"]).T
        paper = self.page.locator(".nl-drawing .paper")
        paper.scroll_into_view_if_needed()
        box, dot = paper.bounding_box(), self.page.locator(".nl-drawing .dot").first
        low, high = (float(dot.get_attribute(f"aria-value{end}")) for end in ("min", "max"))
        first, last = exercise.question.after, exercise.start.duration
        for step, moment in enumerate(np.linspace(first, last, 60)):
            up = np.interp(moment, times, values) / factor
            self.page.mouse.move(
                box["x"] + 1 + (box["width"] - 2) * (moment - first) / (last - first),
                box["y"] + box["height"] * (high - up) / (high - low),
            )
            if step == 0:
                self.page.mouse.down()
        self.page.mouse.up()

    def change(self, start, wanted):
        """Make one network of the other, by the lab's controls."""
        for old, new in zip(start.parameters, wanted.parameters):
            if old != new:
                self.page.locator(f"input[title^='{new.name} ']").fill(f"{new.value:g}")
        inputs = [
            (group.name, neuron)
            for group in wanted.groups
            if isinstance(group, Inputs)
            for neuron in range(group.size)
        ]
        for row, (name, neuron) in enumerate(inputs):
            times = wanted.group(name).spikes[neuron]
            if times != start.group(name).spikes[neuron]:
                self.page.locator(".nl-spikes input").nth(row).fill(
                    ", ".join(f"{time:g}" for time in times)
                )
        for old, new in zip(start.connections, wanted.connections):
            for i, row in enumerate(new.weights):
                for j, weight in enumerate(row):
                    if weight != old.weights[i][j]:
                        cell = self.page.locator(
                            f".nl-matrix input[aria-label^='{new.name}:'][aria-label*=' {i} to']"
                            f"[aria-label*=' {j},']"
                        )
                        cell.fill(f"{weight:g}")
                        cell.press("Enter")

    def kill_kernel(self, server):
        self.page.watch.expected.append("Kernel connection disconnected")
        server.kernel_of(self.page).kill()

    def solve(self, exercise):
        question, solution = exercise.question, exercise.solution
        if isinstance(question, Choice):
            self.choose("your answer", solution["choice"])
            if "reason" in solution:
                self.choose("because", solution["reason"])
        elif isinstance(question, Shows):
            self.change(exercise.start, Experiment.from_dict(solution["experiment"]))
        elif isinstance(question, Prediction):
            self.draw(exercise)
        else:
            self.type(solution["text"])


def wait_for_sheet(page):
    """Wait until the sheet is on the page; return the page. Its first exercise needs no lab."""
    page.wait_for_selector(FIELD, timeout=PATIENCE)
    page.wait_for_selector("#neurolab-status", state="hidden", timeout=PATIENCE)
    return page


def opened(open_page, sheet_server, kind=WIDE):
    return Sheet(wait_for_sheet(open_page(kind, sheet_server.url)))


def test_a_worksheet_is_solved_from_start_to_end_saved_printed_and_still_there_after_a_reload(
    open_page, sheet_server
):
    sheet = opened(open_page, sheet_server)
    earned = 0
    for place, exercise in enumerate(SHEET.exercises):
        sheet.turn_to(place)
        sheet.solve(exercise)
        sheet.check_until_right(exercise)
        earned += exercise.points
        wait_until(lambda points=earned: sheet.points() == f"{points} of {SHEET.points} points")
        wait_until(lambda place=place: "✓" in sheet.step(place).inner_text())
    with sheet.page.expect_download() as saved:
        sheet.page.get_by_role("button", name="Save answers").click()
    handed_in = HandIn.from_json(saved.value.path().read_text())
    assert (handed_in.worksheet, handed_in.seed) == ("connection", 3)
    assert total(SHEET, handed_in.answers).points == SHEET.points
    sheet.page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    sheet.page.get_by_role("button", name="Print").click()
    sheet.page.wait_for_function("window.printed")
    sheet.page.emulate_media(media="print")
    wait_until(lambda: sheet.page.locator(".paper-exercise").count() == len(SHEET.exercises))
    wait_until(lambda: sheet.page.locator(".paper-exercise").last.is_visible())
    wait_until(lambda: not sheet.page.locator(".nl-sheet-question").is_visible())
    sheet.page.emulate_media(media="screen")
    sheet.page.reload()
    wait_for_sheet(sheet.page)
    wait_until(lambda: sheet.points() == f"{SHEET.points} of {SHEET.points} points")
    wait_until(
        lambda: (
            sheet.page.locator(".nl-sheet-prompt h2")
            .inner_text()
            .startswith(f"{len(SHEET.exercises)}. ")
        )
    )


def test_choosing_the_reason_leaves_the_answer_chosen(open_page, sheet_server):
    sheet = opened(open_page, sheet_server)
    place, exercise = next(
        (place, each)
        for place, each in enumerate(SHEET.exercises)
        if isinstance(each.question, Choice) and "reason" in each.solution
    )
    sheet.turn_to(place)
    sheet.solve(exercise)
    answer = sheet.page.get_by_role("group", name="your answer").get_by_role("radio")
    assert answer.nth(exercise.solution["choice"]).is_checked()


def test_a_wrong_answer_is_told_what_was_seen_and_gets_its_hints_in_steps(open_page, sheet_server):
    sheet = opened(open_page, sheet_server)
    place, exercise = next(
        (place, each)
        for place, each in enumerate(SHEET.exercises)
        if isinstance(each.question, Number)
    )
    sheet.turn_to(place)
    sheet.type("soon")
    wait_until(lambda: "soon" in sheet.check())
    for number, wrong in enumerate(("123.4", "234.5"), 1):
        sheet.type(wrong)
        sheet.check()
        wait_until(
            lambda wrong=wrong: sheet.said().startswith(f"Not yet. You answered {wrong} mV.")
        )
        wait_until(lambda number=number: sheet.helped().count("Hint ") == number)
    sheet.page.get_by_role("button", name="Show a solution").click()
    wait_until(lambda: "Explanation." in sheet.helped())
    sheet.check_until_right(exercise)
    wait_until(lambda: sheet.points() == f"0 of {SHEET.points} points")


def test_answers_are_opened_from_a_file_and_those_of_another_sheet_are_refused(
    open_page, sheet_server, tmp_path
):
    sheet = opened(open_page, sheet_server)
    exercise = next(each for each in SHEET.exercises if isinstance(each.question, Number))
    answers = HandIn("connection", 3, {exercise.name: exercise.solution})
    for text, shown in (
        (answers.to_json().replace("connection", "other"), "answers to the worksheet 'other'"),
        (json.dumps([1]), "not an answer file"),
    ):
        (tmp_path / "answers.json").write_text(text)
        sheet.open_file(tmp_path / "answers.json")
        wait_until(lambda shown=shown: shown in sheet.page.locator(".nl-sheet-head").inner_text())
    (tmp_path / "answers.json").write_text(answers.to_json())
    sheet.open_file(tmp_path / "answers.json")
    wait_until(lambda: sheet.points() == f"{exercise.points} of {SHEET.points} points")


def test_a_worksheet_that_stops_is_opened_again_with_its_answers(open_page, sheet_server):
    sheet = opened(open_page, sheet_server)
    exercise = SHEET.exercises[1]
    sheet.turn_to(1)
    sheet.solve(exercise)
    sheet.check_until_right(exercise)
    sheet.kill_kernel(sheet_server)
    notice = sheet.page.locator("#neurolab-notice")
    notice.get_by_text("The lab has stopped unexpectedly. What you made is kept.").wait_for()
    with sheet.page.expect_navigation():
        notice.get_by_role("button", name="Open it again").click()
    wait_for_sheet(sheet.page)
    wait_until(lambda: sheet.is_at(1))
    wait_until(lambda: sheet.said().startswith("Right."))
    wait_until(lambda: sheet.points() == f"{exercise.points} of {SHEET.points} points")


def test_a_browser_without_room_says_that_answers_are_not_kept_and_counts_them(
    open_page, sheet_server
):
    sheet = opened(open_page, sheet_server)
    sheet.page.evaluate(FILL)
    exercise = SHEET.exercises[1]
    sheet.turn_to(1)
    sheet.page.get_by_text(
        "This browser has no room to remember your answers. Save them as a file."
    ).wait_for()
    sheet.solve(exercise)
    sheet.check_until_right(exercise)
    wait_until(lambda: sheet.points() == f"{exercise.points} of {SHEET.points} points")
    with sheet.page.expect_download() as saved:
        sheet.page.get_by_role("button", name="Save answers").click()
    assert list(HandIn.from_json(saved.value.path().read_text()).answers) == [exercise.name]
    sheet.kill_kernel(sheet_server)
    sheet.page.get_by_text("There was no room to keep what you made.").wait_for()


def test_on_a_phone_nothing_is_cut_off_and_axe_finds_no_serious_violation(open_page, sheet_server):
    sheet = opened(open_page, sheet_server, {**PHONE, "color_scheme": "dark"})
    right = sheet.page.evaluate(
        "Math.max(...[...document.querySelectorAll('.nl-sheet-buttons > *')].map("
        "(e) => e.getBoundingClientRect().right))"
    )
    margin = sheet.page.locator(".nl-sheet-question").bounding_box()
    assert right <= margin["x"] + margin["width"]
    seen = set()
    for place, exercise in enumerate(SHEET.exercises):
        sheet.turn_to(place)
        assert sheet.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
        if type(exercise.question) not in seen:
            seen.add(type(exercise.question))
            assert not serious_violations(sheet.page)
