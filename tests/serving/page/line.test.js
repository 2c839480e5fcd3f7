// The page's line to its kernel: messages as bytes, and what becomes of them when the line breaks.

import { beforeEach, describe, expect, test, vi } from "vitest";

const STATIC = "../../../neurolab/serving/share/voila/templates/neurolab/static";

/**
 * A message as Jupyter's websockets carry it: the number of offsets, the offsets, the parts.
 * @param {object} header
 * @param {{ parent?: object, content?: object }} [parts]
 */
function message(header, { parent = {}, content = {} } = {}) {
  const texts = ["shell", ...[header, parent, {}, content].map((each) => JSON.stringify(each))];
  const parts = texts.map((text) => new TextEncoder().encode(text));
  const offsets = [8 * (parts.length + 2)];
  for (const part of parts) offsets.push(offsets[offsets.length - 1] + part.length);
  const data = new Uint8Array(offsets[offsets.length - 1]);
  const view = new DataView(data.buffer);
  view.setBigUint64(0, BigInt(offsets.length), true);
  for (const [i, offset] of offsets.entries()) view.setBigUint64(8 * (i + 1), BigInt(offset), true);
  for (const [i, part] of parts.entries()) data.set(part, offsets[i]);
  return data.buffer;
}

const DATE = "2030-01-01T00:00:00.009Z";

/**
 * @param {string} name
 * @param {string} [date]
 */
const edit = (name, date = DATE) => message({ msg_type: "comm_msg", msg_id: name, date });

describe("messages", () => {
  test("are read part by part", async () => {
    const { CONTENT, HEADER, PARENT, part } = await import(`${STATIC}/kernel_message.js`);
    const data = message({ msg_id: "é" }, { parent: { a: 1 }, content: { b: 2 } });
    expect(part(data, HEADER)).toEqual({ msg_id: "é" });
    expect(part(data, PARENT)).toEqual({ a: 1 });
    expect(part(data, CONTENT)).toEqual({ b: 2 });
  });

  test("that are renewed differ in their date alone", async () => {
    const { HEADER, part, renewed } = await import(`${STATIC}/kernel_message.js`);
    const data = edit("x");
    const copy = part(renewed(data), HEADER);
    expect(copy).toEqual({ ...part(data, HEADER), date: "2030-01-01T00:00:00.000Z" });
    expect(part(data, HEADER).date).toBe(DATE);
  });
});

describe("the line", () => {
  /** @type {any[]} */
  let opened;
  /** @type {any} */
  let line;
  /** @type {string[]} */
  let events;
  /** @type {any} */
  let part;

  class FakeSocket extends EventTarget {
    static CONNECTING = 0;
    static OPEN = 1;
    static CLOSED = 3;
    readyState = FakeSocket.CONNECTING;
    /** @type {any[]} */
    sent = [];

    /** @param {string} address */
    constructor(address) {
      super();
      this.address = address;
      opened.push(this);
    }

    /** @param {any} data */
    send(data) {
      this.sent.push(data);
    }
  }

  beforeEach(async () => {
    vi.useFakeTimers();
    vi.setSystemTime(new Date("2030-01-01T00:00:00Z"));
    vi.resetModules();
    opened = [];
    events = [];
    vi.stubGlobal("window", { WebSocket: FakeSocket });
    vi.stubGlobal("WebSocket", FakeSocket);
    line = await import(`${STATIC}/line.js`);
    ({ part } = await import(`${STATIC}/kernel_message.js`));
    line.listen((/** @type {string} */ event) => events.push(event));
  });

  /** Opens a connection, whose kernel answers. */
  function connect(session = "kernel 1") {
    const socket = new window.WebSocket("ws://x");
    open(socket);
    hear(socket, message({ msg_type: "kernel_info_reply", session }));
    return /** @type {any} */ (socket);
  }

  /** @param {any} socket */
  function open(socket) {
    socket.readyState = FakeSocket.OPEN;
    socket.dispatchEvent(new Event("open"));
  }

  /**
   * @param {any} socket
   * @param {ArrayBuffer} data
   */
  const hear = (socket, data) =>
    socket.dispatchEvent(Object.assign(new Event("message"), { data }));

  /**
   * @param {any} socket
   * @param {number} [code]
   */
  function break_(socket, code = 1006) {
    socket.readyState = FakeSocket.CLOSED;
    socket.dispatchEvent(Object.assign(new Event("close"), { code }));
  }

  /**
   * @param {any} socket
   * @param {string} name
   */
  function answer(socket, name) {
    const content = { execution_state: "idle" };
    hear(socket, message({ msg_type: "status" }, { parent: { msg_id: name }, content }));
  }

  /** @param {any} socket */
  const names = (socket) =>
    socket.sent.map((/** @type {ArrayBuffer} */ data) => part(data, 1).msg_id);

  test("tells that it is connected, and counts what is not answered", () => {
    const socket = connect();
    expect(events).toEqual(["connected"]);
    socket.send(edit("a"));
    socket.send(edit("b"));
    expect(names(socket)).toEqual(["a", "b"]);
    expect(line.unansweredCount()).toBe(2);
    answer(socket, "a");
    expect(line.unansweredCount()).toBe(1);
    expect(events).toEqual(["connected", "answered"]);
  });

  test("sends what was under way again on the next connection, one after the other", () => {
    const first = connect();
    first.send(edit("a"));
    first.send(edit("b"));
    break_(first);
    const second = connect();
    expect(names(second)).toEqual(["a"]);
    answer(second, "a");
    vi.advanceTimersByTime(50);
    expect(names(second)).toEqual(["a", "b"]);
  });

  test("sends again with another date, which kernels would take for an attack otherwise", () => {
    const first = connect();
    first.send(edit("a"));
    break_(first);
    const second = connect();
    expect(part(second.sent[0], 1).date).not.toBe(DATE);
  });

  test("keeps back an edit until the kernel answers on the new connection", () => {
    const first = connect();
    break_(first);
    const socket = /** @type {any} */ (new window.WebSocket("ws://x"));
    open(socket);
    socket.send(edit("a", "2030-01-02T00:00:00.000Z"));
    expect(names(socket)).toEqual([]);
    hear(socket, message({ msg_type: "kernel_info_reply", session: "kernel 1" }));
    expect(names(socket)).toEqual(["a"]);
  });

  test("sends a message once more if it is not answered within four seconds", () => {
    const first = connect();
    first.send(edit("a"));
    break_(first);
    const second = connect();
    vi.advanceTimersByTime(3999);
    expect(names(second)).toEqual(["a"]);
    vi.advanceTimersByTime(1);
    expect(names(second)).toEqual(["a", "a"]);
  });

  test("tells when another kernel has the place of the one that had the lab", () => {
    break_(connect());
    connect("kernel 2");
    expect(events).toEqual(["connected", "closed", "stopped"]);
  });

  test.each([
    [1006, "closed"],
    [4001, "ended"],
    [4002, "memory"],
  ])("tells why it was closed: %i is %s", (code, event) => {
    break_(connect(), code);
    expect(events).toEqual(["connected", event]);
    expect(line.allSockets()).toEqual([]);
  });

  test("tells when the kernel restarts or is dead", () => {
    const socket = connect();
    hear(socket, message({ msg_type: "status" }, { content: { execution_state: "restarting" } }));
    expect(events).toEqual(["connected", "stopped"]);
  });
});
