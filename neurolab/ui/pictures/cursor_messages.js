// What the time cursor tells the kernel: at most one message in TELL ms, and the newest only.

const TELL = 50; // ms between two messages
const PATIENCE = 2000; // ms to wait for an answer before the next message is sent anyway

/** @typedef {{ action: string, time?: number, place?: number }} Message */

export class Messages {
  /** @param {(message: Message & { number: number }) => void} post */
  constructor(post) {
    this.post = post;
    this.number = Math.floor(Math.random() * 1e9); // other views of the same cursor count elsewhere
    this.sentAt = 0;
    this.busy = false; // until the last message is answered
    /** @type {Message | null} */
    this.waiting = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  get unanswered() {
    return this.busy || this.waiting !== null;
  }

  /** @param {Message} message that replaces one that waits */
  tell(message) {
    this.waiting = message;
    this.flush();
  }

  flush() {
    const since = performance.now() - this.sentAt;
    if (!this.waiting || (this.busy && since < PATIENCE)) return;
    if (since >= TELL) this.send(this.waiting);
    else {
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.flush();
      }, TELL - since);
    }
  }

  /**
   * Send at once. What waits is out of date with this.
   * @param {Message} message
   */
  send(message) {
    this.number += 1;
    this.sentAt = performance.now();
    this.busy = true;
    this.waiting = null;
    this.post({ ...message, number: this.number });
  }

  sendWaiting() {
    if (this.waiting) this.send(this.waiting);
  }

  /** @param {number} number of a message that the kernel has answered */
  answer(number) {
    if (number === this.number) this.busy = false;
    this.flush();
  }

  close() {
    clearTimeout(this.timer);
  }
}
