// One conversation on one page: what was said, what is on its way, and what the person wants done with it. It knows
// nothing of the page; whoever shows it is told when something changed.

import { Client } from "./client.js";
import { entries, newest, told, type Asked, type Entry } from "./entries.js";
import { Outbox, type Trouble } from "./outbox.js";
import type { Answer, Numbers, Outgoing } from "./protocol.js";
import { tab, type Keeper } from "./storage.js";
import type { Strings } from "../strings/index.js";
import { TokenStore } from "./tokens.js";

const SLOW_MS = 2_000;
const AGAIN_MS = 5_000;
const SETTLED_MS = 500;

/** Who shows the conversation, and where. */
export interface Host {
  strings(): Strings;
  country(): string | undefined;
  /** Something changed. */
  changed(): void;
  /** An answer came. */
  answered(): void;
}

export class Conversation {
  entries: Entry[] = [];
  trouble: Trouble = null;
  numbers: Numbers | null = null;
  /** Said by a screen reader when there is time. Answers are not in it: the log itself is read out. */
  spoken = "";
  /** An earlier conversation is being put back: nobody wants it read out. */
  quiet = false;

  private readonly tokens: TokenStore;
  private readonly client: Client;
  private readonly outbox: Outbox;
  private readonly typed: Keeper<string>;
  private readonly tabs: BroadcastChannel | null;
  private begun: Promise<void> | null = null;
  /** Counts conversations, so that what comes late for an old one is not taken for the new one's. */
  private round = 0;
  private later: ReturnType<typeof setTimeout> | undefined;
  private slow: ReturnType<typeof setTimeout> | undefined;
  private waits = false;
  /** Another tab changed the conversation while an answer was awaited here. */
  private stale = false;

  constructor(
    base: string,
    private readonly host: Host,
  ) {
    this.tokens = new TokenStore(base);
    this.typed = tab(`draft.${base}`);
    this.client = new Client(base, this.tokens, () => host.country());
    this.outbox = new Outbox(
      this.client,
      {
        replied: (message, answer) => this.replied(message, answer),
        done: () => this.settled(),
        failed: (message) => this.failed(message),
        begin: () => this.begin(),
        lost: () => this.lost(),
        trouble: (trouble) => this.troubled(trouble),
      },
      base,
    );
    this.tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel(`stillnight.${base}`) : null;
    this.tabs?.addEventListener("message", () => void this.reload());
  }

  get isRemembered(): boolean {
    return this.tokens.isRemembered;
  }

  /** What was typed and not sent. */
  get draft(): string {
    return this.typed.value ?? "";
  }

  set draft(text: string) {
    this.typed.value = text || null;
    this.host.changed();
  }

  /** An answer is awaited. */
  get writing(): boolean {
    return this.waits;
  }

  private set writing(waits: boolean) {
    this.waits = waits;
    clearTimeout(this.slow);
    if (waits) {
      this.slow = setTimeout(() => this.say(this.host.strings().writing), SLOW_MS);
    }
  }

  /** Resume the conversation of this tab or device, or begin one. Asked for twice, it is done once. */
  begin(): Promise<void> {
    const { round } = this;
    this.begun ??= this.resumed().catch((error: unknown) => {
      if (round !== this.round) {
        return;
      }
      this.begun = null;
      this.trouble = "offline";
      this.say(this.host.strings().away);
      clearTimeout(this.later);
      this.later = setTimeout(() => this.retry(), AGAIN_MS);
      throw error;
    });
    return this.begun;
  }

  send(text: string, choice?: string): void {
    const message: Outgoing = { key: newKey(), text, ...(choice === undefined ? {} : { choice }) };
    this.entries = [...this.entries, { from: "patient", key: message.key, text, state: "waiting" }];
    this.spoken = "";
    this.writing = true;
    this.host.changed();
    this.outbox.add(message);
  }

  /** Try again what did not work. */
  retry(): void {
    void this.begin().then(
      () => this.outbox.again(),
      () => undefined,
    );
  }

  /** What the person thinks of an answer. One that did not help may be explained afterwards. */
  async judge(answer: Answer, helpful: boolean, reason?: string): Promise<void> {
    const judged = helpful || reason !== undefined ? "done" : "missing";
    this.entries = this.entries.map((entry) =>
      entry.from === "assistant" && entry.answer.id === answer.id ? { ...entry, judged } : entry,
    );
    this.host.changed();
    await this.client.feedback(answer.id, helpful, reason || undefined).catch(() => undefined);
  }

  remember(wanted: boolean): void {
    this.tokens.remember(wanted);
    this.host.changed();
  }

  transcript(): Promise<string> {
    return this.client.transcript();
  }

  /** Leave this conversation and begin another. */
  async startAgain(): Promise<void> {
    this.reset();
    this.tokens.leave();
    await this.begin();
  }

  /** Have everything deleted, on the server first; throws when that did not work. */
  async forget(): Promise<void> {
    // Nothing may arrive behind the deletion and be kept again.
    const waiting = this.outbox.clear();
    try {
      await this.client.forget();
    } catch (error) {
      waiting.forEach((message) => this.outbox.add(message));
      throw error;
    }
    this.reset();
    this.draft = "";
    this.tabs?.postMessage("changed");
    this.note(this.host.strings().forgotten);
  }

  /** Leave a line behind the conversation. */
  warn(text: string): void {
    this.entries = [...this.entries, { from: "note", text }];
    this.host.changed();
  }

  /** Have a line read out. */
  say(text: string): void {
    this.spoken = text;
    this.host.changed();
  }

  stop(): void {
    this.round += 1;
    this.outbox.stop();
    this.tabs?.close();
    clearTimeout(this.slow);
    clearTimeout(this.later);
  }

  private reset(): void {
    this.round += 1;
    this.outbox.clear();
    this.begun = null;
    this.writing = false;
    this.trouble = null;
    this.entries = [];
  }

  private async resumed(): Promise<void> {
    const { round } = this;
    const kept = this.client.hasSession ? await this.client.history() : null;
    const begun = kept?.length ? null : await this.client.start();
    if (round !== this.round) {
      // Left or forgotten in the meantime.
      return;
    }
    if (begun === null) {
      this.quiet = true;
      setTimeout(() => {
        this.quiet = false;
        this.say(this.host.strings().resumed);
      }, SETTLED_MS);
      this.entries = entries(kept ?? [], this.outbox.messages);
    } else {
      this.tokens.keep(begun.token);
      this.greet(begun.messages);
    }
    this.trouble = null;
    this.writing = this.outbox.messages.length > 0;
    this.host.changed();
    void this.renumber();
    this.outbox.again();
  }

  /** The greeting stands behind what was answered, and before what waits. */
  private greet(greeting: readonly Answer[]): void {
    const waits = (entry: Entry): entry is Asked => entry.from === "patient" && entry.state === "waiting";
    this.entries = [...this.entries.filter((each) => !waits(each)), ...told(greeting), ...this.entries.filter(waits)];
  }

  /** The emergency number of where the person is; the last one known stays when it cannot be had. */
  private async renumber(): Promise<void> {
    this.numbers = await this.client.numbers().catch(() => this.numbers);
    this.host.changed();
  }

  /** Another tab of this conversation changed it. */
  private async reload(): Promise<void> {
    this.stale = this.writing;
    if (!this.client.hasSession || this.writing) {
      return;
    }
    const kept = await this.client.history().catch(() => null);
    this.stale = this.outbox.messages.length > 0;
    if (this.stale) {
      return;
    }
    if (kept?.length === 0) {
      this.note(this.host.strings().forgotten);
    } else if (kept !== null) {
      this.entries = entries(kept, this.outbox.messages);
      this.host.changed();
    }
  }

  /** Leave one line in place of the conversation. */
  private note(text: string): void {
    this.entries = [{ from: "note", text }];
    this.say(text);
  }

  private lost(): void {
    this.tokens.drop();
    this.begun = null;
    this.entries = [...this.entries, { from: "note", text: this.host.strings().restarted }];
    this.host.changed();
  }

  private replied(message: Outgoing, answer: Answer): void {
    this.mark(message, "sent");
    if (!this.entries.some((entry) => entry.from === "assistant" && entry.answer.id === answer.id)) {
      // Behind its question: the next one may already stand there, and wait.
      const next = this.entries.findIndex((entry) => entry.from === "patient" && entry.state === "waiting");
      const place = next < 0 ? this.entries.length : next;
      this.entries = [...this.entries.slice(0, place), ...told([answer]), ...this.entries.slice(place)];
      this.host.answered();
    }
    this.host.changed();
  }

  private settled(): void {
    if (newest(this.entries).some(({ answer }) => answer.contacts.length)) {
      // Another country may have been chosen.
      void this.renumber();
    }
    this.writing = this.outbox.messages.length > 0;
    this.tabs?.postMessage("changed");
    this.host.changed();
    if (this.stale && !this.writing) {
      void this.reload();
    }
  }

  private failed(message: Outgoing): void {
    this.mark(message, "failed");
    this.writing = this.outbox.messages.length > 0;
    this.say(this.host.strings().failed);
  }

  private troubled(trouble: Trouble): void {
    const isNew = trouble !== null && trouble !== this.trouble;
    this.trouble = trouble;
    this.writing = trouble === null && this.outbox.messages.length > 0;
    if (isNew) {
      this.say(trouble === "offline" ? this.host.strings().offline : this.host.strings().busy);
    }
    this.host.changed();
  }

  private mark(message: Outgoing, state: Asked["state"]): void {
    this.entries = this.entries.map((entry) =>
      entry.from === "patient" && entry.key === message.key ? { ...entry, state } : entry,
    );
  }
}

/** 128 random bits; a page without HTTPS has no `crypto.randomUUID`. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
