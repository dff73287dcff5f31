// Messages on their way, in order. What cannot be sent is kept, also over a reload, and sent once the server is back.

import { Refused, Unreachable, type Client } from "./client.js";
import type { Answer, Outgoing } from "./protocol.js";

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;

export type Trouble = "offline" | "busy" | null;

/** What the outbox tells whoever shows the conversation. */
export interface Listener {
  /** A reply to a message came; `first` is the first one of its turn. */
  replied(message: Outgoing, answer: Answer, first: boolean): void;
  /** A message was answered in full. */
  done(message: Outgoing): void;
  /** A message was refused for good. */
  failed(message: Outgoing): void;
  /** The server did not know the conversation any more; a new one began. */
  restarted(greeting: Answer[]): void;
  /** Whether the server can be reached. */
  trouble(trouble: Trouble): void;
}

export class Outbox {
  private waiting: Outgoing[];
  private running = false;
  private wait = FIRST_WAIT_MS;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: Client,
    private readonly listener: Listener,
    private readonly key: string,
  ) {
    this.waiting = kept(key);
    addEventListener("online", this.again);
  }

  get messages(): readonly Outgoing[] {
    return this.waiting;
  }

  stop(): void {
    removeEventListener("online", this.again);
    clearTimeout(this.timer);
  }

  /** Send a message after those before it. */
  add(message: Outgoing): void {
    this.set([...this.waiting, message]);
    void this.run();
  }

  /** Give up what waits, and hand it back. */
  clear(): void {
    clearTimeout(this.timer);
    this.set([]);
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

  /** Whether the message is done with, sent or refused. */
  private async send(message: Outgoing): Promise<boolean> {
    const seen = new Set<string>();
    try {
      if (!this.client.hasSession) {
        this.listener.restarted(await this.client.start());
      }
      await this.client.send(message, (answer) => {
        this.listener.replied(message, answer, seen.size === 0);
        seen.add(answer.id);
      });
      this.wait = FIRST_WAIT_MS;
      this.listener.trouble(null);
      this.listener.done(message);
    } catch (error) {
      if (error instanceof Unreachable) {
        this.later("offline", this.wait);
        this.wait = Math.min(2 * this.wait, LONGEST_WAIT_MS);
        return false;
      }
      if (error instanceof Refused && error.status === 429) {
        this.later("busy", 1_000 * error.wait);
        return false;
      }
      if (error instanceof Refused && error.status === 401) {
        // The conversation is too old, or was forgotten in another tab. A button is good in its own conversation
        // alone, so its title is sent as text.
        this.client.leave();
        this.set([{ key: message.key, text: message.text }, ...this.waiting.slice(1)]);
        return true;
      }
      this.listener.failed(message);
    }
    this.set(this.waiting.filter((each) => each.key !== message.key));
    return true;
  }

  private later(trouble: Trouble, milliseconds: number): void {
    this.listener.trouble(trouble);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), milliseconds);
  }

  private set(messages: Outgoing[]): void {
    this.waiting = messages;
    try {
      if (messages.length) {
        sessionStorage.setItem(this.key, JSON.stringify(messages));
      } else {
        sessionStorage.removeItem(this.key);
      }
    } catch {
      // Kept in this page alone.
    }
  }
}

function kept(key: string): Outgoing[] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "[]") as Outgoing[];
  } catch {
    return [];
  }
}
