// The order of what a page sends, and answers that are too old.

import { beforeEach, expect, test, vi } from "vitest";

const PATH = "../../../neurolab/serving/share/voila/templates/neurolab/static/order.js";

/** @type {string[]} */
let line;
/** @type {any[]} */
let models;

/** A class of models like Jupyter's: one update is under way, the next one is held back. */
const modelClass = () =>
  class {
    _msg_buffer = null;
    _msg_buffer_callbacks = null;
    comm = { on_msg: (/** @type {any} */ handler) => (this.hear = handler) };
    /** @type {any} */
    heard = null;
    /** @type {any} */
    hear = null;
    underWay = false;

    /** @param {string} name */
    constructor(name) {
      this.name = name;
    }

    /** @param {any} state */
    sync(state) {
      if (this.underWay) this._msg_buffer = state;
      else this.rememberLastUpdateFor(this.send_sync_message(state));
    }

    /** @param {any} content */
    send(content) {
      line.push(`${this.name}: ${content}`);
    }

    /** @param {any} state */
    send_sync_message(state) {
      this.underWay = true;
      line.push(`${this.name}: ${JSON.stringify(state)}`);
      return `message ${line.length}`;
    }

    /** @param {string} _message */
    rememberLastUpdateFor(_message) {}

    /** @param {any} _message */
    _handle_status(_message) {}

    /** @param {any} message */
    _handle_comm_msg(message) {
      this.heard = message.content.data.state;
    }
  };

beforeEach(async () => {
  vi.resetModules();
  const { keepOrder } = await import(PATH);
  line = [];
  const Model = modelClass();
  models = ["field", "slider", "button"].map((name) => new Model(name));
  const promised = models.map((model) => [model.name, Promise.resolve(model)]);
  await keepOrder({ _models: Object.fromEntries(promised) });
});

/**
 * @param {any} state
 * @param {string} [parent]
 */
const update = (state, parent) => ({
  content: { data: { method: "update", state } },
  parent_header: { msg_id: parent },
});

/** @param {string} parent */
const idle = (parent) => ({
  content: { execution_state: "idle" },
  parent_header: { msg_id: parent },
});

test("a click goes after the text that was typed before it, though that is held back", () => {
  const [field, , button] = models;
  field.sync({ text: "2" });
  field.sync({ text: "25" });
  button.send("click");
  expect(line).toEqual(['field: {"text":"2"}', 'field: {"text":"25"}', "button: click"]);
  expect(field._msg_buffer).toBeNull();
});

test("an edit of another control goes after one that is held back", () => {
  const [field, slider] = models;
  field.sync({ text: "2" });
  field.sync({ text: "25" });
  slider.sync({ value: 7 });
  expect(line).toEqual(['field: {"text":"2"}', 'field: {"text":"25"}', 'slider: {"value":7}']);
});

test("an answer from before an edit does not overwrite it; its other values count", () => {
  const [field] = models;
  field.sync({ text: "25" }); // message 1
  field.hear(update({ text: "10", error: "" }, "message 0"));
  expect(field.heard).toEqual({ error: "" });
});

test("the answer to the edit itself counts", () => {
  const [field] = models;
  field.sync({ text: "2,5" });
  field.hear(update({ text: "2.5" }, "message 1"));
  expect(field.heard).toEqual({ text: "2.5" });
});

test("once the edit is answered, values from elsewhere count again", () => {
  const [field] = models;
  field.sync({ text: "25" });
  field._handle_status(idle("message 1"));
  field.hear(update({ text: "10" }, "message 9"));
  expect(field.heard).toEqual({ text: "10" });
});

test("what is held back is not overwritten either", () => {
  const [field] = models;
  field.sync({ text: "2" });
  field.sync({ text: "25" });
  field.hear(update({ text: "2.0" }, "message 1"));
  expect(field.heard).toEqual({});
});
