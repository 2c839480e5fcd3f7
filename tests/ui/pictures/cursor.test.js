// The time cursor: times on its axis, what it tells the kernel, and how it plays a run.

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Messages } from "../../../neurolab/ui/pictures/cursor_messages.js";
import { Player } from "../../../neurolab/ui/pictures/cursor_player.js";
import {
  nextPlace,
  passedAmong,
  snapped,
  timeAt,
} from "../../../neurolab/ui/pictures/cursor_time.js";
import { fakeModel } from "../js/fake_model.js";

const AXIS = { duration: 20, step: 0.1, last: 19.9, events: [1, 4, 4.3, 10] };
const PLOT = { left: 100, width: 400 }; // 20 pixels for each ms

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  vi.advanceTimersByTime(10_000); // the page has been there for a while
});
afterEach(() => vi.useRealTimers());

describe("times", () => {
  test("are whole numbers of steps within the run", () => {
    expect(snapped(AXIS, 0.3000000004)).toBe(0.3);
    expect(snapped(AXIS, 7.26)).toBe(7.3);
    expect(snapped(AXIS, -3)).toBe(0);
    expect(snapped(AXIS, 25)).toBe(19.9);
  });

  test("under a pointer are those of the place, or of an event within four pixels", () => {
    expect(timeAt(AXIS, PLOT, 240)).toBe(7);
    expect(timeAt(AXIS, PLOT, 123.9)).toBe(1);
    expect(timeAt(AXIS, PLOT, 124)).toBe(1.2);
    expect(timeAt(AXIS, PLOT, 183.5)).toBe(4.3); // nearer than 4
    expect(timeAt(AXIS, PLOT, 0)).toBe(0);
  });

  test("of the next event follow from its place, or from the time if no place is known", () => {
    expect(nextPlace(AXIS.events, { place: 1, time: 4 })).toBe(2);
    expect(nextPlace(AXIS.events, { place: -1, time: -1 })).toBe(0);
    expect(nextPlace(AXIS.events, { place: -1, time: 4 })).toBe(2);
    expect(nextPlace(AXIS.events, { place: -1, time: 4 - 1e-12 })).toBe(2);
    expect(nextPlace(AXIS.events, { place: -1, time: 11 })).toBe(-1);
    expect(nextPlace(AXIS.events, { place: 3, time: 10 })).toBe(4);
  });

  test("of other events keep the place only if the event there has the same time", () => {
    expect(passedAmong([1, 4], { place: 1, time: 4 })).toEqual({ place: 1, time: 4 });
    expect(passedAmong([1, 5], { place: 1, time: 4 })).toEqual({ place: -1, time: 4 });
    expect(passedAmong([], { place: 1, time: 4 })).toEqual({ place: -1, time: 4 });
  });
});

describe("messages", () => {
  /** @type {any[]} */
  let posted;
  /** @type {Messages} */
  let messages;

  beforeEach(() => {
    posted = [];
    messages = new Messages((message) => posted.push(message));
  });

  /** @param {number} time */
  const go = (time) => messages.tell({ action: "go", time });
  const times = () => posted.map(({ time }) => time);

  test("go at once, and then the newest only, when the last is answered and 50 ms are over", () => {
    for (const time of [1, 2, 3]) go(time);
    expect(times()).toEqual([1]);
    vi.advanceTimersByTime(60);
    expect(times()).toEqual([1]);
    messages.answer(messages.number);
    expect(times()).toEqual([1, 3]);
  });

  test("are at most twenty in a second, however fast the kernel answers", () => {
    for (let ms = 0; ms < 999; ms += 1) {
      go(ms);
      messages.answer(messages.number);
      vi.advanceTimersByTime(1);
    }
    expect(posted.length).toBeGreaterThan(15);
    expect(posted.length).toBeLessThanOrEqual(20);
  });

  test("wait two seconds for an answer at most", () => {
    go(1);
    vi.advanceTimersByTime(1999);
    go(2);
    expect(times()).toEqual([1]);
    vi.advanceTimersByTime(1);
    go(3);
    expect(times()).toEqual([1, 3]);
  });

  test("have rising numbers, and only an answer to the last one counts", () => {
    go(1);
    const first = messages.number;
    messages.send({ action: "next" });
    expect(posted.map(({ number }) => number)).toEqual([first, first + 1]);
    messages.answer(first);
    expect(messages.unanswered).toBe(true);
    messages.answer(first + 1);
    expect(messages.unanswered).toBe(false);
  });

  test("that are sent at once replace what waits", () => {
    go(1);
    go(2);
    messages.send({ action: "leave" });
    messages.answer(messages.number);
    vi.advanceTimersByTime(1000);
    expect(posted.map(({ action }) => action)).toEqual(["go", "leave"]);
  });

  test("are not sent after the view is closed", () => {
    go(1);
    messages.answer(messages.number);
    go(2);
    messages.close();
    vi.advanceTimersByTime(1000);
    expect(times()).toEqual([1]);
  });
});

describe("playing", () => {
  /** @type {((now: number) => void) | null} */
  let frame;
  /** @type {ReturnType<typeof fakeModel>} */
  let kernel;
  /** @type {any} */
  let view;
  /** @type {Player} */
  let player;
  /** @type {any[]} */
  let told;

  beforeEach(() => {
    vi.stubGlobal("requestAnimationFrame", (/** @type {any} */ next) => {
      frame = next;
      return 1;
    });
    vi.stubGlobal("cancelAnimationFrame", () => {
      frame = null;
    });
    vi.stubGlobal("matchMedia", () => ({ matches: false }));
    told = [];
    kernel = fakeModel({ ...AXIS, time: 0, place: -1, playing: true });
    view = {
      model: kernel.model,
      el: { isConnected: true },
      time: 0,
      messages: { unanswered: false, tell: (/** @type {any} */ message) => told.push(message) },
      get playing() {
        return kernel.model.get("playing");
      },
      move: (/** @type {number} */ time) => {
        view.time = time;
      },
      update: () => {},
      draw: () => {},
    };
    player = new Player(view);
  });

  afterEach(() => vi.unstubAllGlobals());

  /**
   * @param {number} ms
   * @param {number} [each] length of a frame
   */
  function run(ms, each = 16) {
    for (let gone = 0; gone < ms && frame; gone += each) {
      vi.advanceTimersByTime(each);
      const next = frame;
      frame = null;
      next?.(performance.now());
    }
  }

  test("a run takes ten seconds and a rest of one second at each event", () => {
    player.start();
    run(9900 + 4 * 1000 - 500);
    expect(view.playing).toBe(true);
    run(1000);
    expect(view.playing).toBe(false);
    expect(view.time).toBe(19.9);
    expect(told.map(({ place }) => place)).toEqual([0, 1, 2, 3]);
  });

  test("frames a tenth of a second apart pass no event by", () => {
    player.start();
    run(20_000, 100);
    expect(told.map(({ place }) => place)).toEqual([0, 1, 2, 3]);
  });

  test("a page that was hidden goes on from where it was", () => {
    player.start();
    run(100);
    const before = view.time;
    run(3000, 3000);
    expect(view.time - before).toBeCloseTo((100 / 10_000) * 20);
  });

  test("at twice the speed it takes half as long", () => {
    kernel.update({ speed: 2 });
    player.start();
    run((9900 + 4000) / 2 + 300);
    expect(view.playing).toBe(false);
  });

  test("it stops at an event where that is wanted, and goes on to the next one", () => {
    kernel.update({ stops: true });
    player.start();
    run(3000);
    expect(view.time).toBe(1);
    expect(view.playing).toBe(false);
    kernel.update({ playing: true });
    view.messages.unanswered = true; // the kernel does not know of the event yet
    player.start();
    run(5000);
    expect(view.time).toBe(4);
  });

  test("from the end it starts over", () => {
    view.time = 19.9;
    player.start();
    expect(view.time).toBe(0);
    run(600);
    expect(told.map(({ place }) => place)).toEqual([0]);
  });

  test("with reduced motion it goes from event to event and rests twice as long", () => {
    vi.stubGlobal("matchMedia", () => ({ matches: true }));
    player.start();
    run(100);
    expect(view.time).toBe(1);
    run(1700);
    expect(view.time).toBe(1);
    run(300);
    expect(view.time).toBe(4);
  });

  test("an edit gives other events, and what was passed is not passed again", () => {
    player.start();
    run(700);
    expect(view.time).toBe(1);
    kernel.model.set("events", [0.5, 1, 6]);
    player.renew();
    run(5000);
    expect(told.map(({ place }) => place)).toEqual([0, 2]);
  });

  test("it waits for the kernel's answer to its start, which brings the events", () => {
    kernel.model.set("time", null);
    player.start();
    run(500);
    expect(view.time).toBe(0);
    kernel.model.set("time", 0);
    run(500);
    expect(view.time).toBeGreaterThan(0);
  });
});
