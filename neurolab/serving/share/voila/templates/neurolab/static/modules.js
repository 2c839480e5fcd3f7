// Loads the scripts of ipywidgets, bqplot and anywidget, which come as AMD modules (`define([names], factory)`). Each of
// them stands in the page as a script of its own whose attribute `data-module` is its name, after those that it needs.
// Nothing is ever loaded by name, so this needs none of what a whole AMD loader does.
const neurolabModules = (() => {
  const modules = new Map(); // name → what the module exports
  const BASE = "@jupyter-widgets/base";
  const CONTROLS = "@jupyter-widgets/controls";

  window.define = (names, factory) => {
    const { module: name, also } = document.currentScript.dataset;
    const needed = names.map((other) => (other === "module" ? { uri: document.currentScript.src } : get(other)));
    const exported = factory(...needed);
    for (const key of [name, also]) if (key) modules.set(key, exported);
  };

  // The script of ipywidgets is an extension of the classic notebook: while it starts, it registers what a notebook has
  // (menus, keys, output areas), and only then adds its styles. This page has nothing of these; it lets them be registered.
  const nothing = { on() {}, register() {}, register_events() {} };
  window.Jupyter = { version: "6.5.0", notebook: { container: nothing } };
  const OutputArea = class { register_mime_type() {} };
  const ofNotebook = { "base/js/namespace": window.Jupyter, "base/js/events": nothing, "notebook/js/outputarea": { OutputArea } };
  let isStyled = false;
  window.requirejs = (names, callback) => { if (isStyled) callback(...names.map((name) => ofNotebook[name])); };
  window.requirejs.config = () => {};

  function get(name) {
    if (!modules.has(name)) throw new Error(`The page has no script for the widgets of ${name}.`);
    return modules.get(name);
  }

  return {
    BASE,
    get,
    // Add the styles of the widgets, once their script has run.
    addStyles() {
      isStyled = true;
      get(CONTROLS).load_ipython_extension();
    },
  };
})();
