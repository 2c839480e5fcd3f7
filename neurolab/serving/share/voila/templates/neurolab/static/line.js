// The page's line to its kernel. Voila reports neither a closed connection nor a kernel that was replaced, and what was
// sent into a connection that broke would be lost; so the page looks after its websockets itself.
const neurolabLine = (() => {
  // Codes with which the server closes the connection to a lab that it has ended, and what listeners are told.
  const ENDS = { 4001: "ended", 4002: "memory" };
  const GONE = ["restarting", "autorestarting", "dead"];
  const HEADER = 1, PARENT = 2, CONTENT = 4; // parts of a message; part 0 is its channel
  const PATIENCE = 10000; // ms that a kernel may take to answer on a new connection
  const AGAIN = 4000; // ms without an answer after which a message goes once more
  const REACTION = 50; // ms that a page takes to react to an answer
  const decoder = new TextDecoder();
  const sockets = new Set(), unanswered = new Map(); // name of a message → when it was sent, and the message
  let tell = () => {};
  let kernelSession = null;
  let queue = [], under = null; // what waits for its turn, and the name of the message whose answer it waits for
  let isReady = false; // the kernel has answered on this connection; before that, the server may drop answers
  let lastSent = -Infinity, openedAt = -Infinity;
  let reconnected = ""; // when, as messages say when they were made

  // A message starts with how many offsets follow, and the offsets of its parts: numbers of eight bytes each.
  function bytes(data, index) {
    const view = new DataView(data);
    const offset = (place) => Number(view.getBigUint64(8 * (1 + place), true));
    return new Uint8Array(data, offset(index), offset(index + 1) - offset(index));
  }
  const part = (data, index) => JSON.parse(decoder.decode(bytes(data, index)));

  // The same message with another date: kernels take two that are the same to the letter for an attack, and do not answer.
  function renewed(data) {
    const copy = data.slice(0), header = bytes(copy, HEADER);
    const text = decoder.decode(header).replace(/("date": ?"[^"]*)(\d)(Z")/, (_, before, digit, after) =>
      `${before}${(Number(digit) + 1) % 10}${after}`);
    header.set(new TextEncoder().encode(text));
    return copy;
  }

  function heard(data) {
    const { msg_type: kind, session } = part(data, HEADER);
    if (kind === "status") {
      const { execution_state: state } = part(data, CONTENT);
      if (GONE.includes(state)) tell("stopped");
      else if (state === "idle" && unanswered.delete(part(data, PARENT).msg_id)) {
        tell("answered");
        setTimeout(pump, REACTION);
      }
    } else if (kind === "kernel_info_reply") {
      kernelSession ??= session;
      if (session !== kernelSession) return tell("stopped"); // another kernel, in the place of the one that had the lab
      isReady = true;
      pump();
      tell("connected");
    }
  }

  // What was made without a connection goes message by message: what a page reports of an edit's answer, such as where a
  // slider was put, comes before the next edit.
  function pump() {
    const socket = [...sockets].find(({ readyState }) => readyState === WebSocket.OPEN);
    if (!socket || !isReady || unanswered.has(under)) return;
    if (queue.length === 0) return;
    const data = renewed(queue.shift()), name = under = part(data, HEADER).msg_id;
    unanswered.set(name, { data, since: unanswered.get(name)?.since ?? performance.now() });
    socket.sendNow(data);
    setTimeout(() => { if (under === name && unanswered.has(name)) { under = null; queue.unshift(data); pump(); } }, AGAIN);
  }

  window.WebSocket = class extends window.WebSocket {
    constructor(...args) {
      super(...args);
      sockets.add(this);
      this.addEventListener("open", () => {
        if (!kernelSession) return;
        openedAt = performance.now();
        reconnected = new Date().toISOString();
        // What was under way; the kernel passes over what it has heard already.
        [queue, under, isReady] = [[...unanswered.values()].map(({ data }) => data), null, false];
      });
      this.addEventListener("close", ({ code }) => {
        sockets.delete(this);
        tell(ENDS[code] ?? "closed");
      });
      this.addEventListener("message", ({ data }) => { if (data instanceof ArrayBuffer) heard(data); });
    }

    send(data) {
      const { msg_type: kind, msg_id: name, date } = data instanceof ArrayBuffer ? part(data, HEADER) : {};
      if (kind === "comm_msg") {
        lastSent = performance.now();
        unanswered.set(name, { data, since: lastSent });
        // JupyterLab keeps what it cannot send, and sends what it makes as soon as it can.
        if (date < reconnected || (kernelSession && !isReady)) {
          queue.push(data);
          pump();
          return;
        }
      }
      super.send(data);
    }

    sendNow(data) { super.send(data); }
  };

  const some = (state) => [...sockets].some((socket) => socket.readyState === state);
  return {
    sockets: () => [...sockets],
    listen: (listener) => { tell = listener; },
    isOpen: () => some(WebSocket.OPEN),
    isOpening: () => some(WebSocket.CONNECTING) || (some(WebSocket.OPEN) && performance.now() - openedAt < PATIENCE),
    unanswered: () => unanswered.size,
    waitingSince: () => Math.min(Infinity, ...[...unanswered.values()].map(({ since }) => since)),
    lastSent: () => lastSent,
  };
})();
