// On a slow line a page and its kernel are always a little behind each other. This keeps what a person does in the order in
// which it was done, and keeps an answer that was given before the kernel knew of an edit from overwriting that edit.
//
// Of a control's edits, Jupyter's widgets have one under way at a time and hold back the next until it is answered; the
// click of a button does not wait, and would overtake the text that was typed before it.
const neurolabOrder = (() => {
  const holding = new Set(); // models that hold an edit back
  const sent = new WeakMap(); // model → its values that are not answered yet, each with the name of its message

  // Before anything else is sent, what other models hold back.
  function release(but) {
    for (const model of [...holding].filter((other) => other !== but)) {
      holding.delete(model);
      const { _msg_buffer: state, _msg_buffer_callbacks: callbacks } = model;
      if (!state || !model.comm) continue;
      model._msg_buffer = model._msg_buffer_callbacks = null;
      model.rememberLastUpdateFor(model.send_sync_message(state, callbacks));
    }
  }

  // Change the base class of all models, before there are any.
  function keep({ WidgetModel }) {
    const base = WidgetModel.prototype;
    const { sync, send, send_sync_message: sendState, _handle_status: status, _handle_comm_msg: hear } = base;

    base.sync = function (...args) {
      const result = sync.apply(this, args);
      if (this._msg_buffer) holding.add(this);
      return result;
    };
    base.send = function (...args) {
      release();
      return send.apply(this, args);
    };
    base.send_sync_message = function (state, ...rest) {
      release(this);
      const name = sendState.call(this, state, ...rest);
      const values = sent.get(this) ?? new Map();
      for (const value of Object.keys(state)) values.set(value, name);
      sent.set(this, values);
      return name;
    };
    base._handle_status = function (message) {
      if (message.content.execution_state === "idle") {
        const values = sent.get(this) ?? [];
        for (const [value, name] of values) if (name === message.parent_header.msg_id) values.delete(value);
      }
      return status.call(this, message);
    };
    base._handle_comm_msg = function (message) {
      const { method, state, buffer_paths: buffers = [] } = message.content.data;
      const parent = message.parent_header?.msg_id;
      if (method === "update" && !buffers.length) {
        const held = this._msg_buffer ?? {};
        const unanswered = sent.get(this) ?? new Map();
        const isOld = (value) => Object.hasOwn(held, value) || (unanswered.get(value) ?? parent) !== parent;
        Object.keys(state).filter(isOld).forEach((value) => delete state[value]);
      }
      return hear.call(this, message);
    };
  }

  // The names of a model's values that its kernel may not have heard of yet.
  const pending = (model) => new Set([...Object.keys(model._msg_buffer ?? {}), ...(sent.get(model)?.keys() ?? [])]);

  return { keep, pending };
})();
