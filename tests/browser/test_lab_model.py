"""Equations, threshold, reset, method and numbers of neurons on the lab's page."""

from neurolab.experiment.edits import set_neurons, set_parameter, set_run, set_size
from neurolab.experiment.presets import PRESETS, TUTORIAL

from .waiting import wait_until

pytest_plugins = "tests.browser.lab_page"


def set_size_by_typing(lab, group, size):
    lab.labelled(f"{group}: size").fill(str(size))
    lab.page.keyboard.press("Tab")


def column(lab, connection, sources):
    return [lab.cell(connection, source).input_value() for source in range(sources)]


def test_more_inputs_keep_weights_and_spikes_and_add_empty_ones(lab):
    set_size_by_typing(lab, "inputs", 3)
    wait_until(lambda: lab.spike_lists.count() == 3)
    lab.cell("C1", 2).wait_for()
    wait_until(lambda: column(lab, "C1", 3) == ["+6", "0", "0"])
    wait_until(lambda: column(lab, "C2", 3) == ["0", "+3", "0"])
    wait_until(
        lambda: [lab.spike_lists.nth(i).input_value() for i in range(3)] == ["1, 4", "2, 3", ""]
    )
    lab.spike_lists.nth(2).fill("7")
    wait_until(lambda: lab.raster_times("inputs 2") == [7])


def test_fewer_inputs_keep_what_still_fits(lab):
    set_size_by_typing(lab, "inputs", 1)
    lab.wait_for_traces_of(set_size(TUTORIAL, "inputs", 1))
    wait_until(lambda: lab.spike_lists.count() == 1)
    lab.cell("C1", 1).wait_for(state="detached")
    wait_until(lambda: (column(lab, "C1", 1), column(lab, "C2", 1)) == (["+6"], ["0"]))
    assert {spike["label"] for spike in lab.spikes()} == {"inputs 0"}


def test_more_targets_get_a_curve_and_a_column_each(lab):
    set_size_by_typing(lab, "target", 2)
    lab.wait_for_traces_of(set_size(TUTORIAL, "target", 2))
    wait_until(lambda: lab.legend() == ["Va[0]", "Va[1]", "Vb[0]", "Vb[1]"])
    lab.cell("C1", 0, 1).wait_for()
    wait_until(lambda: [lab.cell("C1", 0, j).input_value() for j in (0, 1)] == ["+6", "0"])


def test_the_raster_has_a_row_for_each_neuron(lab):
    set_size_by_typing(lab, "inputs", 3)
    set_size_by_typing(lab, "target", 2)
    rows = lab.page.locator(".nl-raster-picture .row text")
    wait_until(
        lambda: (
            rows.all_text_contents() == ["inputs 0", "inputs 1", "inputs 2", "target 0", "target 1"]
        )
    )


def test_a_third_variable_makes_a_third_curve(lab):
    equations = (
        "dVa/dt = -Va/tau_a : volt\ndVb/dt = -Vb/tau_b : volt\ndVc/dt = (Va - Vc)/tau_b : volt"
    )
    lab.equations.fill(equations)
    lab.wait_for_traces_of(set_neurons(TUTORIAL, "target", equations=equations))
    wait_until(lambda: lab.legend() == ["Va", "Vb", "Vc"])
    options = lab.page.locator(".nl-connection select").first.locator("option")
    wait_until(lambda: options.all_text_contents() == ["Va", "Vb", "Vc"])
    wait_until(lambda: lab.equations.input_value() == equations)
    assert not lab.messages()


def test_equations_are_shown_as_mathematics_and_follow_the_text(lab):
    mathematics = lab.page.locator(".nl-mathematics math")
    wait_until(lambda: mathematics.count() == 2)
    lab.equations.fill("dVa/dt = (Vb - Va)/tau_a : volt\ndVb/dt = -Vb/tau_b : volt")
    wait_until(lambda: "Vb" in mathematics.first.text_content())
    wait_until(lambda: mathematics.first.locator("mfrac").count() >= 1)


def test_an_equation_typed_key_by_key_keeps_the_cursor_where_it_was(lab):
    lab.equations.click()
    lab.page.keyboard.press("Control+Home")
    lab.page.keyboard.press("End")
    for _ in range(len(" : volt")):
        lab.page.keyboard.press("ArrowLeft")
    lab.page.keyboard.type("*2", delay=120)
    equations = "dVa/dt = -Va/tau_a*2 : volt\ndVb/dt = -Vb/tau_b : volt"
    lab.wait_for_traces_of(set_neurons(TUTORIAL, "target", equations=equations))
    wait_until(lambda: lab.equations.input_value() == equations)


def test_without_a_threshold_the_neuron_never_fires(lab):
    lab.number("Vt").fill("5")
    firing = set_parameter(TUTORIAL, "Vt", 5.0)
    lab.wait_for_traces_of(firing)
    lab.labelled("threshold").fill("")
    lab.wait_for_traces_of(set_neurons(firing, "target", threshold=""))
    wait_until(lambda: not any("output spike" in text for text in lab.legend()))
    lab.page.get_by_text("It never fires.").wait_for()


def test_another_method_integrates_the_equations(lab):
    lab.number("dt").fill("0.5")
    # 21 times, and two jumps with two values each.
    wait_until(lambda: len(lab.pixels()[0]) == 23)
    lab.page.get_by_label("method").select_option(label="Euler")
    lab.wait_for_traces_of(set_neurons(set_run(TUTORIAL, dt=0.5), "target", method="euler"))
    assert not lab.messages()


def test_the_arrow_keys_change_the_size_of_a_group(lab):
    size = lab.labelled("target: size")
    size.focus()
    lab.page.keyboard.press("ArrowUp")
    wait_until(lambda: lab.labelled("target: size").input_value() == "2")
    lab.wait_for_traces_of(set_size(TUTORIAL, "target", 2))
    lab.page.keyboard.press("ArrowDown")
    lab.wait_for_traces_of(TUTORIAL)
    lab.page.keyboard.press("Shift+ArrowUp")
    wait_until(lambda: size.input_value() == "11")
    wait_until(lambda: lab.page.locator(".nl-matrix input").count() == 44)


def test_the_arrow_keys_change_a_seed_and_leave_a_text_that_is_no_number(lab):
    lab.preset.select_option(label=PRESETS["balanced"].title)
    seed = lab.page.locator(".nl-rule .nl-whole input").first
    wait_until(lambda: seed.is_visible() and seed.input_value())
    seed.focus()
    before = int(seed.input_value())
    lab.page.keyboard.press("ArrowUp")
    lab.page.keyboard.press("ArrowUp")
    wait_until(lambda: seed.input_value() == str(before + 2))
    lab.page.keyboard.press("Tab")
    seed.fill("x")
    lab.page.keyboard.press("ArrowUp")
    assert seed.input_value() == "x"
    lab.page.keyboard.press("Tab")
    wait_until(lambda: lab.message_beside(seed))
