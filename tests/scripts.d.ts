// What the scripts of the page leave in the window.

interface Window {
  _JUPYTERLAB?: Record<string, unknown>;
}
