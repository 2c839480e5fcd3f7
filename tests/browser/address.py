"""What the kernel holds, as it tells the page's address."""

from neurolab.exports.link import session_from_link

from .waiting import wait_until


def wait_for_values(page, field, **values):
    """Wait until parameters have these values in the kernel and in their fields, which ``field(name)`` finds."""

    def hold():
        link = page.evaluate("location.hash").partition("#lab=")[2]
        experiment = session_from_link(link).experiment if link else None
        return experiment and all(
            experiment.parameter(name).value == value and float(field(name).input_value()) == value
            for name, value in values.items()
        )

    wait_until(hold)
