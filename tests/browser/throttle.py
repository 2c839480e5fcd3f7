"""A page whose processor is slower than this machine's."""

from playwright.sync_api import Page

# A signal that anywidget's script asks for, and one that another script asks for, each for two seconds: which has aborted?
_TWO_SECONDS = """async () => {
  const ask = (name) => eval(`AbortSignal.timeout(2000)\\n//# sourceURL=http://localhost/${name}/index.js`);
  const signals = [ask("anywidget"), ask("another")];
  await new Promise((resolve) => signals[1].addEventListener("abort", resolve));
  return signals.map((signal) => signal.aborted);
}"""


def slow_down(page: Page, times: float) -> None:
    """Have the page's processor so many times slower from now on."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})


def limits_of_two_seconds(page: Page) -> list[bool]:
    """Whether a limit of two seconds ends for anywidget's script, and for any other script."""
    return page.evaluate(_TWO_SECONDS)
