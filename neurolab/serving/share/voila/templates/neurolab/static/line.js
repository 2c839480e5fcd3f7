// The page's line to its kernel. Voila reports neither a closed connection nor a kernel that was
// replaced, and what was sent into a connection that broke would be lost. So the page looks after
// its websockets itself. It must do so before Voila's script opens one.

import { CONTENT, HEADER, PARENT, part, renewed } from "./kernel_message.js";

// Codes with which the server closes the connection to a lab that it has ended, and their events.
/** @type {Record<number, LineEvent>} */
const ENDS = { 4001: "ended", 4002: "memory" };
const GONE = ["restarting", "autorestarting", "dead"];
const PATIENCE = 10_000; // ms that a kernel may take to answer on a new connection
const AGAIN = 4000; // ms without an answer after which a message goes once more
const REACTION = 50; // ms that a page takes to react to an answer

/** @typedef {"connected" | "closed" | "stopped" | "ended" | "memory" | "answered"} LineEvent */
/** @typedef {{ data: ArrayBuffer, since: number }} Sent */

/** @type {Set<LineSocket>} */
const sockets = new Set();
/** @type {Map<string, Sent>} each message's name → when it was sent, and the message */
const unanswered = new Map();
/** @type {(event: LineEvent) => void} */
let tell = () => {};
/** @type {string | null} */
let kernelSession = null;
/** @type {ArrayBuffer[]} what waits for its turn */
let queue = [];
/** @type {string | null} the name of the message whose answer the queue waits for */
let underWay = null;
// The kernel has answered on this connection; before that, the server may drop answers.
let isReady = false;
let sentAt = -Infinity;
let openedAt = -Infinity;
let reconnected = ""; // when, as messages write the time at which they were made

/** @param {ArrayBuffer} data */
function hear(data) {
  const { msg_type: kind, session } = part(data, HEADER);
  if (kind === "status") hearStatus(data);
  else if (kind === "kernel_info_reply") hearKernel(session);
}

/** @param {ArrayBuffer} data */
function hearStatus(data) {
  const { execution_state: state } = part(data, CONTENT);
  if (GONE.includes(state)) tell("stopped");
  else if (state === "idle" && unanswered.delete(part(data, PARENT).msg_id)) {
    tell("answered");
    setTimeout(pump, REACTION);
  }
}

/** @param {string} session */
function hearKernel(session) {
  kernelSession ??= session;
  if (session !== kernelSession) {
    tell("stopped"); // another kernel, in the place of the one that had the lab
    return;
  }
  isReady = true;
  pump();
  tell("connected");
}

/**
 * Send what was made without a connection, message by message: what a page reports of an edit's
 * answer, such as where a slider was put, comes before the next edit.
 */
function pump() {
  const socket = [...sockets].find(({ readyState }) => readyState === WebSocket.OPEN);
  if (!socket || !isReady || (underWay !== null && unanswered.has(underWay))) return;
  const oldest = queue.shift();
  if (!oldest) return;
  const data = renewed(oldest);
  /** @type {string} */
  const name = part(data, HEADER).msg_id;
  underWay = name;
  unanswered.set(name, { data, since: unanswered.get(name)?.since ?? performance.now() });
  socket.sendNow(data);
  setTimeout(() => {
    if (underWay !== name || !unanswered.has(name)) return;
    underWay = null;
    queue.unshift(data);
    pump();
  }, AGAIN);
}

/** Send again what was under way; the kernel passes over what it has heard already. */
function takeUp() {
  if (!kernelSession) return;
  openedAt = performance.now();
  reconnected = new Date().toISOString();
  queue = [...unanswered.values()].map(({ data }) => data);
  underWay = null;
  isReady = false;
}

class LineSocket extends window.WebSocket {
  /**
   * @param {string | URL} address
   * @param {string | string[]} [protocols]
   */
  constructor(address, protocols) {
    super(address, protocols);
    sockets.add(this);
    this.addEventListener("open", takeUp);
    this.addEventListener("close", ({ code }) => {
      sockets.delete(this);
      tell(ENDS[code] ?? "closed");
    });
    this.addEventListener("message", ({ data }) => {
      if (data instanceof ArrayBuffer) hear(data);
    });
  }

  /** @param {string | BufferSource | Blob} data */
  send(data) {
    if (data instanceof ArrayBuffer && part(data, HEADER).msg_type === "comm_msg") {
      const { msg_id: name, date } = part(data, HEADER);
      sentAt = performance.now();
      unanswered.set(name, { data, since: sentAt });
      // JupyterLab keeps what it cannot send, and sends what it makes as soon as it can.
      if (date < reconnected || (kernelSession && !isReady)) {
        queue.push(data);
        pump();
        return;
      }
    }
    super.send(data);
  }

  /** @param {ArrayBuffer} data */
  sendNow(data) {
    super.send(data);
  }
}

window.WebSocket = LineSocket;

/** @param {number} state */
const hasSocket = (state) => [...sockets].some((socket) => socket.readyState === state);

/** @param {(event: LineEvent) => void} listener */
export function listen(listener) {
  tell = listener;
}

export function allSockets() {
  return [...sockets];
}

export function isOpen() {
  return hasSocket(WebSocket.OPEN);
}

/** Whether a connection is being made, or its kernel may still answer. */
export function isOpening() {
  return hasSocket(WebSocket.CONNECTING) || (isOpen() && performance.now() - openedAt < PATIENCE);
}

/** Count the messages that the kernel has not answered. */
export function unansweredCount() {
  return unanswered.size;
}

/** When the oldest message was sent that is not answered, or infinity. */
export function waitingSince() {
  return Math.min(Infinity, ...[...unanswered.values()].map(({ since }) => since));
}

/** When a message was sent last, or minus infinity. */
export function lastSent() {
  return sentAt;
}
