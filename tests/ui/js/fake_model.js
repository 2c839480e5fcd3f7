// A widget's model without a kernel.

/**
 * @template {Record<string, any>} Traits
 * @param {Traits} traits
 */
export function fakeModel(traits) {
  const values = /** @type {Record<string, any>} */ ({ ...traits });
  /** @type {{ names: string[], handler: (...values: any[]) => void }[]} */
  let handlers = [];
  /** @type {any[]} */
  const sent = [];
  /**
   * @param {string} name
   * @param {...any} rest
   */
  const emit = (name, ...rest) => {
    for (const { names, handler } of [...handlers]) if (names.includes(name)) handler(...rest);
  };
  /** @param {Partial<Traits>} changed */
  const update = (changed) => {
    Object.assign(values, changed);
    for (const name of Object.keys(changed)) emit(`change:${name}`);
    emit("change");
  };
  /** @type {any} the page needs no more of a model than this */
  const model = {
    /** @param {string} name */
    get: (name) => values[name],
    /**
     * @param {string} name
     * @param {any} value
     */
    set: (name, value) => {
      if (values[name] !== value) update(/** @type {Partial<Traits>} */ ({ [name]: value }));
    },
    /**
     * @param {string} names
     * @param {() => void} handler
     */
    on: (names, handler) => handlers.push({ names: names.split(" "), handler }),
    /**
     * @param {string} _names
     * @param {() => void} handler
     */
    off: (_names, handler) => {
      handlers = handlers.filter((each) => each.handler !== handler);
    },
    /** @param {any} message */
    send: (message) => sent.push(message),
    save_changes: () => {},
  };
  return { model, sent, emit, update, handlerCount: () => handlers.length };
}
