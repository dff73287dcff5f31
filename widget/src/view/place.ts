// Where in the conversation the person reads: what is new comes into sight, unless they read elsewhere.

import type { ReactiveController, ReactiveControllerHost } from "lit";

import type { Entry } from "../talk/entries.js";

const NEAR_END_PX = 48;
const GAP_PX = 8;
/** Share of what is seen that a question may take. */
const MUCH = 0.35;

export class Place implements ReactiveController {
  private shown: readonly Entry[] = [];
  private atEnd = true;
  private writing = false;
  /** Where the conversation was put by us; it is elsewhere once the person moved it. */
  private placed = -1;
  /** Small again by a keyboard or a banner: what was in sight stays in sight. */
  private readonly sizes = new ResizeObserver(() => {
    const box = this.box();
    if (box && box.scrollTop === this.placed) {
      this.toBeginning(box);
    }
  });

  /** `box`: what is scrolled, once it is there. */
  constructor(
    host: ReactiveControllerHost,
    private readonly box: () => HTMLElement | null,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.sizes.disconnect();
  }

  /** Nobody looks any more. */
  leave(): void {
    this.shown = [];
  }

  /** Before something changes: whether the person is at the end. */
  note(): void {
    const box = this.box();
    this.atEnd = !box || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
  }

  /** After it changed. `writing`: more is awaited, and what can be pressed comes with the last of it. */
  follow(now: readonly Entry[], writing: boolean): void {
    const box = this.box();
    if (!box) {
      return;
    }
    this.sizes.observe(box);
    const ended = this.writing && !writing;
    this.writing = writing;
    if (now === this.shown) {
      if (ended && box.scrollTop === this.placed) {
        this.toBeginning(box);
      }
      return;
    }
    const last = now.at(-1);
    const isNew = !this.shown.includes(last as Entry);
    this.shown = now;
    if (last?.from === "note") {
      box.scrollTop = box.scrollHeight;
    } else if ((isNew && last?.from === "patient") || this.atEnd) {
      this.toBeginning(box);
    }
  }

  /**
   * Where the newest turn is read from: its question; or its answer, if the question leaves it little room or keeps a
   * button out of sight that could be in it.
   */
  private toBeginning(box: HTMLElement): void {
    const asked = box.querySelector<HTMLElement>(".asked.newest");
    const answer = asked?.nextElementSibling;
    let top = asked ? asked.offsetTop - GAP_PX : 0;
    if (asked && answer instanceof HTMLElement) {
      const [start, end] = [answer.offsetTop - GAP_PX, box.scrollHeight - box.clientHeight];
      const isLong = asked.offsetHeight > box.clientHeight * MUCH;
      top = isLong ? start : end > top && end <= start ? end : top;
    }
    box.scrollTop = top;
    this.placed = box.scrollTop;
  }
}
