// Messages on their way, in order. What cannot be sent is kept, also over a reload, and sent once the server is back.

import { Refused, Unreachable, type Client } from "./client.js";
import type { Answer, Outgoing } from "./protocol.js";
import { tab, type Keeper } from "./storage.js";

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;
const BUSY_WAIT_MS = 10_000;
/** A message on which the server breaks each time holds up those behind it, one of which may be an emergency. */
const TRIES = 3;

/** Each but null is the name of what is said then. */
export type Trouble = "offline" | "busy" | "crowded" | null;

/** What the outbox tells whoever shows the conversation. */
export interface Listener {
  /** Have a conversation to send to; rejects when there is none yet, and calls `again` when there is. */
  begin(): Promise<void>;
  /** A reply to a message came. */
  replied(message: Outgoing, answer: Answer): void;
  /** A message was answered in full. */
  done(message: Outgoing): void;
  /** A message was refused for good. */
  failed(message: Outgoing): void;
  /** The server does not know the conversation any more. */
  lost(): void;
  /** Whether the server can be reached. */
  trouble(trouble: Trouble): void;
}

/** Whether messages of an earlier load of the page still wait. */
export function waits(name: string): boolean {
  return (keeper(name).value ?? []).length > 0;
}

export class Outbox {
  private readonly kept: Keeper<Outgoing[]>;
  private waiting: readonly Outgoing[];
  private running = false;
  private held = false;
  private current = new AbortController();
  private over = ended(this.current.signal);
  private wait = FIRST_WAIT_MS;
  private tries = 0;
  private begunAnewFor = "";
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: Client,
    private readonly listener: Listener,
    name: string,
  ) {
    this.kept = keeper(name);
    this.waiting = this.kept.value ?? [];
    addEventListener("online", this.again);
  }

  get messages(): readonly Outgoing[] {
    return this.waiting;
  }

  /** Send nothing more; what waits is kept for whoever comes next. */
  stop(): void {
    removeEventListener("online", this.again);
    this.hold();
  }

  /** Send a message after those before it. */
  add(message: Outgoing): void {
    this.set([...this.waiting, message]);
    void this.run();
  }

  /** Give up what waits or is on its way. */
  clear(): void {
    this.giveUp();
    this.set([]);
  }

  /** Send nothing until `release`; what is on its way is given up, and waits again. */
  hold(): void {
    this.held = true;
    this.giveUp();
  }

  release(): void {
    this.held = false;
    void this.run();
  }

  /** Try now: the connection is back, or the person asked. */
  readonly again = (): void => {
    clearTimeout(this.timer);
    this.wait = FIRST_WAIT_MS;
    void this.run();
  };

  private async run(): Promise<void> {
    if (this.running) {
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
    if (this.held) {
      return false;
    }
    const { signal } = this.current;
    try {
      await Promise.race([this.listener.begin(), this.over]);
    } catch {
      return false;
    }
    try {
      if (!signal.aborted) {
        await this.client.send(message, (answer) => this.listener.replied(message, answer), signal);
      }
    } catch (error) {
      return signal.aborted || this.notSent(message, error);
    }
    if (!signal.aborted) {
      this.wait = FIRST_WAIT_MS;
      this.remove(message);
      this.listener.trouble(null);
      this.listener.done(message);
    }
    return true;
  }

  private notSent(message: Outgoing, error: unknown): boolean {
    if (error instanceof Unreachable && !(error.failed && (this.tries += 1) >= TRIES)) {
      this.later("offline", this.wait);
      this.wait = Math.min(2 * this.wait, LONGEST_WAIT_MS);
      return false;
    }
    if (error instanceof Refused && error.isTooMany) {
      this.later("busy", 1_000 * error.wait || BUSY_WAIT_MS);
      return false;
    }
    if (error instanceof Refused && error.isForgotten && this.begunAnewFor !== message.key) {
      // The conversation is too old, or was forgotten in another tab.
      this.begunAnewFor = message.key;
      this.listener.lost();
      return true;
    }
    if (error instanceof Refused && error.isUnknown && message.choice !== undefined) {
      // A button is good in its own conversation alone: its title is sent as text.
      this.set(this.waiting.map((each) => (each.key === message.key ? { key: each.key, text: each.text } : each)));
      return true;
    }
    this.remove(message);
    this.listener.trouble(null);
    this.listener.failed(message);
    return true;
  }

  private giveUp(): void {
    clearTimeout(this.timer);
    this.current.abort();
    this.current = new AbortController();
    this.over = ended(this.current.signal);
  }

  private later(trouble: Trouble, milliseconds: number): void {
    this.listener.trouble(trouble);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), milliseconds);
  }

  private remove(message: Outgoing): void {
    this.tries = 0;
    this.set(this.waiting.filter((each) => each.key !== message.key));
  }

  private set(messages: readonly Outgoing[]): void {
    this.waiting = messages;
    this.kept.value = messages.length ? [...messages] : null;
  }
}

function keeper(name: string): Keeper<Outgoing[]> {
  return tab(`outbox.${name}`);
}

/** Resolves when there is no use in waiting any longer. */
function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
