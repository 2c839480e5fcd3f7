"""What prompts look like on the page."""

import xml.etree.ElementTree as ET

from neurolab.exercises.prose import line_html, prose_html


def test_mathematics_becomes_mathml():
    math = ET.fromstring(line_html(r"$\frac{V}{\tau_a}$"))
    tags = [element.tag.rpartition("}")[2] for element in math.iter()]
    assert tags == ["math", "mrow", "mfrac", "mrow", "mi", "mrow", "msub", "mi", "mi"]
    assert "".join(math.itertext()) == "Vτa"


def test_a_formula_of_its_own_line_is_displayed():
    assert 'display="block"' in prose_html("See:\n\n$$V = 1$$\n")


def test_html_in_a_text_is_shown_as_text():
    assert (
        prose_html("a <script>b</script> *c*")
        == "<p>a &lt;script&gt;b&lt;/script&gt; <em>c</em></p>"
    )


def test_a_dollar_that_is_alone_stays():
    assert line_html("it costs 3 $") == "it costs 3 $"
