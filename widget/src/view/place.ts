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

  /** After it changed. */
  follow(now: readonly Entry[]): void {
    const box = this.box();
    if (!box) {
      return;
    }
    this.sizes.observe(box);
    if (now === this.shown) {
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

  /** Where the newest turn is read from: its question, or its answer if the question leaves it little room. */
  private toBeginning(box: HTMLElement): void {
    const asked = box.querySelector<HTMLElement>(".asked.newest");
    const answer = asked?.nextElementSibling;
    const isLong = asked !== null && asked.offsetHeight > box.clientHeight * MUCH;
    const from = isLong && answer instanceof HTMLElement ? answer : asked;
    box.scrollTop = from ? from.offsetTop - GAP_PX : 0;
    this.placed = box.scrollTop;
  }
}
