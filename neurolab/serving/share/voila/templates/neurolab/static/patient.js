// anywidget rejects a widget whose script has not started within 2 s of the creation of its model, and then drops every
// later message of the kernel for that widget. A slow processor needs longer than that for a whole lab, and the widget
// works as soon as its script has started. This limit is a fixed number in anywidget (0.11), so it is lifted here: a signal
// for exactly this time never aborts. All other limits stay. The file must run before the scripts of the widgets.
(() => {
  const LIMIT = 2000; // ms, as in anywidget
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (time) => (time === LIMIT ? new AbortController().signal : timeout(time));
})();
