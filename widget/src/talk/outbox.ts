// Messages on their way, in order. What cannot be sent is kept, also over a reload, and sent once the server is back.

import { Refused, Unreachable, type Client } from "./client.js";
import type { Answer, Outgoing } from "./protocol.js";
import { tab, type Keeper } from "./storage.js";

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;
const BUSY_WAIT_MS = 10_000;

export type Trouble = "offline" | "busy" | null;

/** What the outbox tells whoever shows the conversation. */
export interface Listener {
  /** A reply to a message came. */
  replied(message: Outgoing, answer: Answer): void;
  /** A message was answered in full. */
  done(message: Outgoing): void;
  /** A message was refused for good. */
  failed(message: Outgoing): void;
  /** Have a conversation to send to. */
  begin(): Promise<void>;
  /** The server does not know the conversation any more. */
  lost(): void;
  /** Whether the server can be reached. */
  trouble(trouble: Trouble): void;
}

export class Outbox {
  private readonly kept: Keeper<Outgoing[]>;
  private waiting: readonly Outgoing[];
  private running = false;
  private stopped = false;
  private current = new AbortController();
  private wait = FIRST_WAIT_MS;
  private begunAnewFor = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: Client,
    private readonly listener: Listener,
    name: string,
  ) {
    this.kept = tab(`outbox.${name}`);
    this.waiting = this.kept.value ?? [];
    addEventListener("online", this.again);
  }

  get messages(): readonly Outgoing[] {
    return this.waiting;
  }

  /** Send nothing more; what waits is kept for whoever comes next. */
  stop(): void {
    removeEventListener("online", this.again);
    this.stopped = true;
    this.giveUp();
  }

  /** Send a message after those before it. */
  add(message: Outgoing): void {
    this.set([...this.waiting, message]);
    void this.run();
  }

  /** Give up what waits or is on its way, and hand it back. */
  clear(): readonly Outgoing[] {
    const waiting = this.waiting;
    this.giveUp();
    this.set([]);
    return waiting;
  }

  /** Try now: the connection is back, or the person asked. */
  readonly again = (): void => {
    clearTimeout(this.timer);
    this.wait = FIRST_WAIT_MS;
    void this.run();
  };

  private async run(): Promise<void> {
    if (this.running || this.stopped) {
      return;
    }
    this.running = true;
    try {
      for (let next = this.waiting[0]; next; next = this.waiting[0]) {
        if (!(await this.send(next))) {
          return;
        }
      }
    } finally {
      this.running = false;
    }
  }

  /** Whether to go on with what now stands first. */
  private async send(message: Outgoing): Promise<boolean> {
    if (this.stopped) {
      return false;
    }
    const { signal } = this.current;
    try {
      await this.listener.begin();
      if (!signal.aborted) {
        await this.client.send(message, (answer) => this.listener.replied(message, answer), signal);
      }
    } catch (error) {
      return signal.aborted || this.notSent(message, error);
    }
    if (signal.aborted) {
      return true;
    }
    this.wait = FIRST_WAIT_MS;
    this.remove(message);
    this.listener.trouble(null);
    this.listener.done(message);
    return true;
  }

  private notSent(message: Outgoing, error: unknown): boolean {
    if (error instanceof Unreachable) {
      this.later("offline", this.wait);
      this.wait = Math.min(2 * this.wait, LONGEST_WAIT_MS);
      return false;
    }
    if (error instanceof Refused && error.status === 429) {
      this.later("busy", 1_000 * error.wait || BUSY_WAIT_MS);
      return false;
    }
    if (error instanceof Refused && error.isForgotten && this.begunAnewFor !== message.key) {
      // The conversation is too old, or was forgotten in another tab. A button is good in its own conversation alone,
      // so its title is sent as text.
      this.begunAnewFor = message.key;
      this.listener.lost();
      this.set(this.waiting.map((each) => (each.key === message.key ? { key: each.key, text: each.text } : each)));
      return true;
    }
    this.remove(message);
    this.listener.failed(message);
    return true;
  }

  private giveUp(): void {
    clearTimeout(this.timer);
    this.current.abort();
    this.current = new AbortController();
  }

  private later(trouble: Trouble, milliseconds: number): void {
    this.listener.trouble(trouble);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), milliseconds);
  }

  private remove(message: Outgoing): void {
    this.set(this.waiting.filter((each) => each.key !== message.key));
  }

  private set(messages: readonly Outgoing[]): void {
    this.waiting = messages;
    this.kept.value = messages.length ? [...messages] : null;
  }
}
