// anywidget (0.11) rejects a widget whose script has not started within 2 s of the creation of its
// model, and then drops every later message of the kernel for that widget. A slow processor needs
// longer than that for a whole lab, and the widget works as soon as its script has started. The
// limit is a fixed number in anywidget, so it is lifted here: a signal that anywidget's script asks
// for, for exactly this time, never aborts. All other limits stay.
//
// The file must run before the scripts of the widgets. The served page includes it. JupyterLab and
// Notebook load it as the container of an extension, before they start; what the container gives is
// a plugin that does nothing more.
(() => {
  const LIMIT = 2000; // ms, as in anywidget
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const isForAnywidget = () => new Error().stack?.includes("/anywidget/");
  AbortSignal.timeout = (time) =>
    time === LIMIT && isForAnywidget() ? new AbortController().signal : timeout(time);

  const plugin = { id: "neurolab-connections:patient", autoStart: true, activate: () => {} };
  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB["neurolab-connections"] = {
    init: () => {},
    get: async () => () => ({ __esModule: true, default: plugin }),
  };
})();
