// The models of widgets.

/** @typedef {import("@anywidget/types").AnyModel} Model */

/**
 * Call functions at events of a model.
 * @param {Model} model
 * @param {Record<string, (...values: any[]) => void>} handlers
 * @returns {() => void} a function that ends it
 */
export function follow(model, handlers) {
  for (const [names, handler] of Object.entries(handlers)) model.on(names, handler);
  return () => {
    for (const [names, handler] of Object.entries(handlers)) model.off(names, handler);
  };
}

/**
 * Find the model that a trait refers to.
 * @param {Model} model
 * @param {string} reference
 * @returns {Promise<Model>}
 */
export function referredModel(model, reference) {
  return model.widget_manager.get_model(reference.replace("IPY_MODEL_", ""));
}
