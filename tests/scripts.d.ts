// What the scripts of the page find or leave in the window.

type PageApplication =
  import("../neurolab/serving/share/voila/templates/neurolab/static/page.js").Application;

interface Window {
  jupyterapp?: PageApplication;
  _JUPYTERLAB?: Record<string, unknown>;
}
