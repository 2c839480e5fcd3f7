// The page's connection to its kernel: Jupyter's messages over a websocket, in the form that the subprotocol names. What was
// sent into a connection that broke is sent again on the next one, in its order.
const neurolabLine = (() => {
  const PROTOCOL = "v1.kernel.websocket.jupyter.org";
  // Codes with which the server closes the connection to a lab that it has ended, and what listeners are told.
  const ENDS = { 4001: "ended", 4002: "memory" };
  const GONE = ["restarting", "autorestarting", "dead"];
  const PATIENCE = 10000; // ms that a kernel may take to answer on a new connection
  const AGAIN = 4000; // ms without an answer after which a message goes once more
  const REACTION = 50; // ms that a page takes to react to an answer
  const LIMIT = 2000; // ms for which a message waits for the effect of the one before
  const SOON = 300; // ms after which a connection that broke is made again
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  const session = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  const unanswered = new Map(); // name of a message → when it was sent first, and the message
  const callbacks = new Map(); // name of a message → what wants to hear of its answers
  const comms = new Map(); // id → comm
  const listeners = [];
  const tell = (event) => listeners.forEach((listener) => listener(event));
  let address = "";
  let socket = null;
  let count = 0;
  let opened = () => {}; // is told of each comm that the kernel opens
  let kernelSession = null;
  let queue = []; // messages that wait for their turn
  let under = null; // the name of the message whose answer the queue waits for
  let isReady = false; // the kernel has answered on this connection; before that, the server may drop answers
  let lastSent = -Infinity;
  let openedAt = -Infinity;
  let handled = Promise.resolve(); // until the last message has been dealt with

  // A message starts with how many offsets follow, and the offsets of its parts: numbers of eight bytes each.
  const NAMES = ["header", "parent_header", "metadata", "content"];
  function unpacked(data) {
    const view = new DataView(data);
    const offset = (place) => Number(view.getBigUint64(8 * (1 + place), true));
    const message = { buffers: [] };
    for (let index = 0; index < Number(view.getBigUint64(0, true)) - 1; index += 1) {
      const [start, size] = [offset(index), offset(index + 1) - offset(index)];
      if (index > NAMES.length) message.buffers.push(new DataView(data.slice(start, start + size)));
      else if (index > 0) message[NAMES[index - 1]] = JSON.parse(decoder.decode(new Uint8Array(data, start, size)));
    }
    return message;
  }
  function packed({ header, metadata, content, buffers }) {
    const texts = [header, {}, metadata, content].map((part) => JSON.stringify(part));
    const parts = [...["shell", ...texts].map((text) => encoder.encode(text)), ...buffers.map(bytes)];
    let end = 8 * (parts.length + 2);
    const offsets = [end, ...parts.map(({ byteLength }) => (end += byteLength))];
    const data = new Uint8Array(end);
    const view = new DataView(data.buffer);
    [offsets.length, ...offsets].forEach((number, place) => view.setBigUint64(8 * place, BigInt(number), true));
    parts.forEach((part, index) => data.set(part, offsets[index]));
    return data.buffer;
  }
  const bytes = (buffer) => new Uint8Array(buffer.buffer ?? buffer, buffer.byteOffset ?? 0, buffer.byteLength);

  function made(kind, content, metadata = {}, buffers = []) {
    count += 1;
    return { header: { msg_id: `${session}-${count}`, msg_type: kind, username: "", session, version: "5.3" }, metadata, content, buffers };
  }
  // The date differs each time: kernels take two messages that are the same to the letter for an attack, and do not answer.
  function transmit(message) {
    message.header.date = new Date(Math.max(Date.now(), Date.parse(message.header.date ?? 0) + 1)).toISOString();
    if (isOpen()) socket.send(packed(message));
  }
  function send(message, wanted) {
    const name = message.header.msg_id;
    if (wanted) callbacks.set(name, wanted);
    if (message.header.msg_type === "comm_msg") {
      lastSent = performance.now();
      unanswered.set(name, { message, since: lastSent });
    }
    if (kernelSession && isReady && queue.length === 0) transmit(message);
    else { queue.push(message); pump(); }
    return name;
  }

  // What was made without a connection goes message by message: what a page reports of an edit's answer, such as where a
  // slider was put, comes before the next edit.
  function pump() {
    if (!isOpen() || !isReady || unanswered.has(under) || queue.length === 0) return;
    const message = queue.shift();
    const name = message.header.msg_id;
    transmit(message);
    if (!unanswered.has(name)) { pump(); return; }
    under = name;
    setTimeout(() => { if (under === name && unanswered.has(name)) { under = null; queue.unshift(message); pump(); } }, AGAIN);
  }

  function heard(message) {
    const { header: { msg_type: kind, session: from }, parent_header: { msg_id: parent }, content } = message;
    if (kind === "kernel_info_reply") {
      kernelSession ??= from;
      if (from !== kernelSession) { tell("stopped"); return; } // another kernel, in the place of the one that had the lab
      isReady = true;
      pump();
      tell("connected");
    } else if (kind === "status" && GONE.includes(content.execution_state)) {
      tell("stopped");
    } else if (kind === "status" && content.execution_state === "idle" && unanswered.delete(parent)) {
      tell("answered");
      setTimeout(pump, REACTION);
    }
    handled = handled.then(() => within(LIMIT, deal(kind, parent, message))).catch((error) => console.error(error));
  }
  const within = (time, effect) => effect && Promise.race([effect, new Promise((resolve) => setTimeout(resolve, time))]);

  // Messages are dealt with one after the other, each when the one before has had its effect. An effect may wait for a
  // later message, such as the one that brings a model; so there is a limit.
  function deal(kind, parent, message) {
    if (kind === "status") {
      callbacks.get(parent)?.iopub?.status?.(message);
      if (message.content.execution_state === "idle") callbacks.delete(parent);
    } else if (kind === "comm_open") {
      return opened(comm(message.content.comm_id), message);
    } else if (kind === "comm_msg" || kind === "comm_close") {
      return comms.get(message.content.comm_id)?.take(kind, message);
    }
    return undefined;
  }

  // A comm as widgets expect it. What arrives before somebody listens waits.
  function comm(id) {
    const waiting = [];
    const hear = {};
    const own = {
      comm_id: id,
      take(kind, message) {
        if (kind === "comm_close") comms.delete(id);
        if (hear[kind]) return hear[kind](message);
        waiting.push([kind, message]);
        return undefined;
      },
      on_msg: (listener) => listen("comm_msg", listener),
      on_close: (listener) => listen("comm_close", listener),
      open: (target, data, metadata) => send(made("comm_open", { comm_id: id, target_name: target, data }, metadata)),
      send: (data, wanted, metadata, buffers) => send(made("comm_msg", { comm_id: id, data }, metadata, buffers), wanted),
      close(data = {}) {
        comms.delete(id);
        return send(made("comm_close", { comm_id: id, data }));
      },
    };
    function listen(kind, listener) {
      hear[kind] = listener;
      for (const [, message] of waiting.splice(0).filter(([other]) => other === kind)) listener(message);
    }
    comms.set(id, own);
    return own;
  }

  const isOpen = () => socket?.readyState === WebSocket.OPEN;
  function connect() {
    if (socket && socket.readyState < WebSocket.CLOSING) return;
    const mine = socket = new WebSocket(`${address}?session_id=${session}`, PROTOCOL);
    isReady = false;
    mine.binaryType = "arraybuffer";
    mine.addEventListener("open", () => {
      openedAt = performance.now();
      // What was under way goes again; the kernel passes over what it has heard already.
      const again = [...unanswered.values()].map(({ message }) => message).filter((message) => !queue.includes(message));
      queue = [...again, ...queue];
      under = null;
      transmit(made("kernel_info_request", {}));
    });
    mine.addEventListener("message", ({ data }) => { if (mine === socket && data instanceof ArrayBuffer) heard(unpacked(data)); });
    mine.addEventListener("close", ({ code }) => {
      if (mine !== socket) return;
      const wasReady = isReady;
      isReady = false;
      if (wasReady && !ENDS[code]) setTimeout(connect, SOON);
      tell(ENDS[code] ?? "closed");
    });
  }

  return {
    // Connect to the kernel of this page.
    open(root, kernelId) {
      const url = new URL(`${root}api/kernels/${kernelId}/channels`, location.href);
      url.protocol = url.protocol.replace("http", "ws");
      address = url.href;
      connect();
    },
    connect,
    comm,
    onOpened: (listener) => { opened = listener; },
    listen: (listener) => { listeners.push(listener); },
    sockets: () => (socket ? [socket] : []),
    isOpen,
    isOpening: () => socket?.readyState === WebSocket.CONNECTING || (isOpen() && performance.now() - openedAt < PATIENCE),
    unanswered: () => unanswered.size,
    waitingSince: () => Math.min(Infinity, ...[...unanswered.values()].map(({ since }) => since)),
    lastSent: () => lastSent,
  };
})();
