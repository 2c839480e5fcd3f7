// On a slow line a page and its kernel are always a little behind each other. This keeps what a
// person does in the order in which it was done, and keeps an answer that was given before the
// kernel knew of an edit from overwriting that edit.
//
// Of a control's edits, Jupyter's widgets have one under way at a time and hold back the next until
// it is answered; the click of a button does not wait, and would overtake the text that was typed
// before.

/**
 * A model of a widget, as far as it is used here; Jupyter's own types are not installed.
 * @typedef {any} Model
 */
/** @typedef {{ _models: Record<string, Promise<Model>> }} Manager */

/** @type {Set<Model>} models that hold an edit back */
const holding = new Set();
/** @type {WeakMap<Model, Map<string, string>>} the unanswered values → their message's name */
const unanswered = new WeakMap();

/**
 * All models have the same base, whose methods these are.
 * @param {Model} model
 */
function baseOf(model) {
  let base = model;
  while (base && !Object.hasOwn(base, "send_sync_message")) base = Object.getPrototypeOf(base);
  return base;
}

/**
 * Send what other models hold back, before anything else is sent.
 * @param {Model} [but]
 */
function release(but) {
  for (const model of [...holding].filter((other) => other !== but)) {
    holding.delete(model);
    const { _msg_buffer: state, _msg_buffer_callbacks: callbacks } = model;
    if (!state || !model.comm) continue;
    model._msg_buffer = null;
    model._msg_buffer_callbacks = null;
    model.rememberLastUpdateFor(model.send_sync_message(state, callbacks));
  }
}

/** @param {Model} base */
function changeSending(base) {
  const { sync, send, send_sync_message: sendState } = base;
  /**
   * @this {Model}
   * @param {unknown[]} values
   */
  base.sync = function (...values) {
    const result = sync.apply(this, values);
    if (this._msg_buffer) holding.add(this);
    return result;
  };
  /**
   * @this {Model}
   * @param {unknown[]} values
   */
  base.send = function (...values) {
    release();
    return send.apply(this, values);
  };
  /**
   * @this {Model}
   * @param {Record<string, unknown>} state
   * @param {unknown[]} rest
   */
  base.send_sync_message = function (state, ...rest) {
    release(this);
    /** @type {string} */
    const name = sendState.call(this, state, ...rest);
    const values = unanswered.get(this) ?? new Map();
    for (const value of Object.keys(state)) values.set(value, name);
    unanswered.set(this, values);
    return name;
  };
}

/** @param {Model} base */
function changeHearing(base) {
  const { _handle_status: status, _handle_comm_msg: hear } = base;
  /**
   * @this {Model}
   * @param {Model} message
   */
  base._handle_status = function (message) {
    if (message.content.execution_state === "idle") {
      const values = unanswered.get(this) ?? new Map();
      for (const [value, name] of values) {
        if (name === message.parent_header.msg_id) values.delete(value);
      }
    }
    return status.call(this, message);
  };
  /**
   * @this {Model}
   * @param {Model} message
   */
  base._handle_comm_msg = function (message) {
    const { method, state, buffer_paths: buffers = [] } = message.content.data;
    if (method === "update" && !buffers.length) {
      const parent = message.parent_header?.msg_id;
      const held = this._msg_buffer ?? {};
      const values = unanswered.get(this) ?? new Map();
      for (const value of Object.keys(state)) {
        const isOld = Object.hasOwn(held, value) || (values.get(value) ?? parent) !== parent;
        if (isOld) delete state[value];
      }
    }
    return hear.call(this, message);
  };
}

/**
 * Keep the order of what the models of a page send and hear.
 * @param {Manager} manager
 */
export async function keepOrder(manager) {
  const models = await Promise.all(Object.values(manager._models));
  if (!models.length) return;
  const base = baseOf(models[0]);
  changeSending(base);
  changeHearing(base);
  // Models that are there listen with the method that they were made with.
  for (const model of models) model.comm?.on_msg(model._handle_comm_msg.bind(model));
}
