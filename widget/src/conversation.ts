// One conversation on one page: what was said, what is on its way, and what the person wants done with it. It knows
// nothing of the page; whoever shows it is told when something changed.

import { Client } from "./client.js";
import { entries, type Asked, type Entry } from "./entries.js";
import { Outbox, type Trouble } from "./outbox.js";
import type { Answer, Outgoing } from "./protocol.js";
import type { Strings } from "./strings/index.js";
import { TokenStore } from "./tokens.js";

export class Conversation {
  entries: Entry[] = [];
  trouble: Trouble = null;
  writing = false;
  /** Said by a screen reader, once: urgent answers at once, the rest when there is time. */
  spoken: { text: string; urgent: boolean } = { text: "", urgent: false };

  private readonly tokens: TokenStore;
  private readonly client: Client;
  private readonly outbox: Outbox;
  private readonly channel: BroadcastChannel | null;
  private begun: Promise<void> | null = null;

  constructor(
    base: string,
    private readonly strings: Strings,
    private readonly changed: () => void,
    private readonly answered: (answer: Answer) => void,
  ) {
    this.tokens = new TokenStore(base);
    this.client = new Client(base, this.tokens);
    this.outbox = new Outbox(
      this.client,
      {
        replied: (message, answer, first) => this.replied(message, answer, first),
        done: () => this.settled(),
        failed: (message) => this.failed(message),
        restarted: (greeting) => this.restarted(greeting),
        trouble: (trouble) => this.troubled(trouble),
      },
      `stillnight.outbox.${base}`,
    );
    this.channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(`stillnight.${base}`) : null;
    this.channel?.addEventListener("message", () => void this.reload());
  }

  get isRemembered(): boolean {
    return this.tokens.isRemembered;
  }

  /** Resume the conversation of this tab or device, or begin one. Asked for twice, it is done once. */
  begin(): Promise<void> {
    this.begun ??= this.resumed().catch((error: unknown) => {
      this.begun = null;
      this.trouble = "offline";
      this.changed();
      throw error;
    });
    return this.begun;
  }

  say(text: string, choice?: string): void {
    const message: Outgoing = { key: crypto.randomUUID(), text, ...(choice === undefined ? {} : { choice }) };
    this.entries = [...this.entries, { from: "patient", key: message.key, text, state: "waiting" }];
    this.writing = true;
    this.changed();
    this.outbox.add(message);
  }

  retry(): void {
    if (this.begun === null) {
      void this.begin().catch(() => undefined);
    }
    this.outbox.again();
  }

  async judge(answer: Answer, helpful: boolean, reason?: string): Promise<void> {
    this.entries = this.entries.map((entry) =>
      entry.from === "assistant" && entry.answer.id === answer.id ? { ...entry, helpful } : entry,
    );
    this.changed();
    await this.client.feedback(answer.id, helpful, reason).catch(() => undefined);
  }

  remember(wanted: boolean): void {
    this.tokens.remember(wanted);
    this.changed();
  }

  transcript(): Promise<string> {
    return this.client.transcript();
  }

  /** Leave this conversation and begin another. */
  async startAgain(): Promise<void> {
    this.reset();
    this.client.leave();
    await this.begin();
  }

  /** Have everything deleted, on the server first; throws when that did not work. */
  async forget(): Promise<void> {
    await this.client.forget();
    this.reset();
    this.entries = [{ from: "note", text: this.strings.forgotten }];
    this.speak(this.strings.forgotten);
    this.channel?.postMessage("changed");
    this.changed();
  }

  stop(): void {
    this.outbox.stop();
    this.channel?.close();
  }

  private reset(): void {
    this.outbox.clear();
    this.begun = null;
    this.writing = false;
    this.trouble = null;
    this.entries = [];
  }

  private async resumed(): Promise<void> {
    const kept = this.client.hasSession ? await this.client.history() : null;
    if (kept !== null && kept.length > 0) {
      this.entries = entries(kept, this.outbox.messages);
    } else {
      this.greeted(await this.client.start());
    }
    this.trouble = null;
    this.writing = this.outbox.messages.length > 0;
    this.changed();
    this.outbox.again();
  }

  /** Another tab of this conversation changed it. */
  private async reload(): Promise<void> {
    if (!this.client.hasSession || this.writing) {
      return;
    }
    const kept = await this.client.history().catch(() => null);
    if (kept !== null) {
      this.entries = entries(kept, this.outbox.messages);
      this.changed();
    }
  }

  private greeted(greeting: readonly Answer[]): void {
    this.entries = [...this.entries, ...greeting.map((answer): Entry => ({ from: "assistant", answer }))];
  }

  private restarted(greeting: readonly Answer[]): void {
    const waiting = this.entries.filter((entry): entry is Asked => entry.from === "patient" && entry.state !== "sent");
    this.entries = [
      ...this.entries.filter((entry) => !waiting.includes(entry as Asked)),
      { from: "note", text: this.strings.restarted },
      ...greeting.map((answer): Entry => ({ from: "assistant", answer })),
      ...waiting,
    ];
    this.changed();
  }

  private replied(message: Outgoing, answer: Answer, first: boolean): void {
    if (first) {
      this.mark(message, "sent");
    }
    if (!this.entries.some((entry) => entry.from === "assistant" && entry.answer.id === answer.id)) {
      this.entries = [...this.entries, { from: "assistant", answer }];
      this.speak(answer.text, answer.urgent);
      this.answered(answer);
    }
    this.changed();
  }

  private settled(): void {
    this.writing = this.outbox.messages.length > 1;
    this.channel?.postMessage("changed");
    this.changed();
  }

  private failed(message: Outgoing): void {
    this.mark(message, "failed");
    this.writing = false;
    this.speak(this.strings.failed);
    this.changed();
  }

  private troubled(trouble: Trouble): void {
    if (trouble !== null && trouble !== this.trouble) {
      this.speak(trouble === "offline" ? this.strings.offline : this.strings.busy);
    }
    this.trouble = trouble;
    this.writing = trouble === null && this.writing;
    this.changed();
  }

  private mark(message: Outgoing, state: Asked["state"]): void {
    this.entries = this.entries.map((entry) =>
      entry.from === "patient" && entry.key === message.key ? { ...entry, state } : entry,
    );
  }

  private speak(text: string, urgent = false): void {
    this.spoken = { text, urgent };
  }
}


