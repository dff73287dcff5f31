// One conversation on one page: what was said, what is on its way, and what the person wants done with it. It knows
// nothing of the page; whoever shows it is told when something changed.

import { Client, Refused } from "./client.js";
import {
  answered,
  entries,
  greeted,
  judged,
  marked,
  newest,
  rested,
  verdicts,
  type Asked,
  type Entry,
  type Note,
} from "./entries.js";
import { Outbox, type Trouble } from "./outbox.js";
import type { Answer, Begun, Copied, Kept, Numbers, Outgoing } from "./protocol.js";
import { tab, type Keeper } from "./storage.js";
import type { Strings } from "../strings/index.js";
import { Tabs, type Done } from "./tabs.js";
import { TokenStore } from "./tokens.js";

const SLOW_MS = 2_000;
const SETTLED_MS = 500;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 30_000;

/** Who shows the conversation, and where. */
export interface Host {
  strings(): Strings;
  country(): string | undefined;
  /** Somebody looks at it. */
  watched(): boolean;
  /** Something changed. */
  changed(): void;
  answered(answer: Answer): void;
}

export class Conversation {
  entries: readonly Entry[] = [];
  trouble: Trouble = null;
  numbers: Numbers | null = null;
  /** Said by a screen reader when there is time. Answers are not in it: the log itself is read out. */
  spoken = "";
  /** The question that is read on from: the newest, or the first of several that were sent at once. */
  burst = "";
  /** An earlier conversation is being put back: nobody wants it read out. */
  quiet = false;

  private readonly tokens: TokenStore;
  private readonly client: Client;
  private readonly outbox: Outbox;
  private readonly typed: Keeper<string>;
  private readonly known: Keeper<Numbers>;
  private readonly tabs: Tabs;
  private begun: Promise<void> | null = null;
  /** Counts conversations, so that what comes late for an old one is not taken for the new one's. */
  private round = 0;
  private wait = FIRST_WAIT_MS;
  private waits = false;
  /** Another tab changed the conversation while an answer was awaited here. */
  private stale = false;
  private readonly timers: Record<"slow" | "later" | "settled", ReturnType<typeof setTimeout> | undefined> = {
    slow: undefined,
    later: undefined,
    settled: undefined,
  };

  constructor(
    base: string,
    private readonly host: Host,
  ) {
    this.tokens = new TokenStore(base);
    this.typed = tab(`draft.${base}`);
    this.known = tab(`numbers.${base}`);
    this.numbers = this.known.value;
    this.client = new Client(base, this.tokens, () => host.country());
    this.outbox = new Outbox(
      this.client,
      {
        begin: () => this.begin(),
        replied: (message, answer) => this.replied(message, answer),
        done: () => this.done(),
        failed: (message) => this.failed(message),
        lost: () => this.lost(),
        trouble: (trouble) => this.troubled(trouble),
      },
      base,
    );
    this.tabs = new Tabs(base, (token, done) => void this.elsewhere(token, done));
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
    clearTimeout(this.timers.slow);
    if (!waits && this.spoken === this.host.strings().writing) {
      this.spoken = "";
    }
    if (waits) {
      this.timers.slow = setTimeout(() => this.say(this.host.strings().writing), SLOW_MS);
    }
  }

  // -- what the person does

  /** Resume the conversation of this tab or device, or begin one. Asked for twice, it is done once. */
  begin(): Promise<void> {
    const { round } = this;
    if (this.begun === null && this.entries.length === 0) {
      // What waits stands there at once, and that something is coming.
      this.entries = entries([], this.outbox.messages);
      this.writing = true;
      this.host.changed();
    }
    this.begun ??= this.resumed(round).catch((error: unknown) => {
      if (round === this.round) {
        this.begun = null;
        this.notBegun(error);
      }
      throw error;
    });
    return this.begun;
  }

  send(text: string, choice?: string): void {
    const message: Outgoing = { key: newKey(), text, ...(choice === undefined ? {} : { choice }) };
    if (this.outbox.messages.length === 0) {
      this.burst = message.key;
    }
    const lasting = this.entries.filter((entry) => entry.from !== "note" || !entry.passing);
    this.entries = [...lasting, { from: "patient", key: message.key, text, state: "waiting" }];
    this.spoken = "";
    this.writing = true;
    this.host.changed();
    this.outbox.add(message);
  }

  /** Send a message again that could not be sent. */
  sendAgain({ key, text }: Asked): void {
    this.entries = this.entries.filter((entry) => entry.from !== "patient" || entry.key !== key);
    this.send(text);
  }

  /** Try again what did not work. */
  retry(): void {
    this.wait = FIRST_WAIT_MS;
    this.resume();
  }

  /** What the person thinks of an answer. One that did not help may be explained afterwards. */
  async judge(answer: Answer, helpful: boolean, reason?: string): Promise<void> {
    const verdict = helpful || reason !== undefined ? "done" : "missing";
    this.entries = judged(this.entries, new Map([[answer.id, verdict]]));
    this.host.changed();
    await this.client
      .feedback(answer.id, helpful, reason || undefined)
      .catch(() => this.warn(this.host.strings().notLoaded));
  }

  remember(wanted: boolean): void {
    this.tokens.remember(wanted);
    this.host.changed();
    if (wanted && !this.tokens.isRemembered) {
      this.warn(this.host.strings().notKept);
    }
  }

  copied(what: Copied): Promise<Blob> {
    return this.client.copied(what);
  }

  pdf(): Promise<Blob> {
    return this.client.pdf();
  }

  print(): void {
    this.client.print();
  }

  /** Leave this conversation and begin another. */
  async startAgain(): Promise<void> {
    this.outbox.clear();
    this.reset();
    this.tokens.leave();
    await this.begin();
  }

  /** Have everything deleted, on the server first; throws when that did not work. */
  async forget(): Promise<void> {
    const { all } = this.tokens;
    // Nothing may arrive behind the deletion and be kept again; what is typed meanwhile begins the next conversation.
    const before = new Set(this.outbox.messages);
    this.outbox.hold();
    let known: boolean;
    try {
      known = await this.client.forget();
    } catch (error) {
      this.outbox.release();
      throw error;
    }
    const since = this.outbox.messages.filter((message) => !before.has(message));
    all.forEach((token) => this.tabs.tell(token, "forgotten"));
    this.empty(known ? this.host.strings().forgotten : this.host.strings().tooOld);
    this.outbox.release();
    since.forEach(({ text }) => this.send(text));
  }

  /** Leave a line behind the conversation until the person goes on; it is read out with it. */
  warn(text: string): void {
    this.leave({ from: "note", text, passing: true });
  }

  /** Have a line read out, also when it is the same as before. */
  say(text: string): void {
    this.spoken = text === this.spoken ? `${text}\u00a0` : text;
    this.host.changed();
  }

  /** Nobody looks any more: what stands there now is old when they come back. */
  rest(): void {
    this.entries = rested(this.entries);
    this.spoken = "";
  }

  stop(): void {
    this.round += 1;
    this.outbox.stop();
    this.tabs.close();
    Object.values(this.timers).forEach(clearTimeout);
  }

  // -- beginning

  private async resumed(round: number): Promise<void> {
    const { token } = this.tokens;
    void this.renumber();
    const kept = token === null ? null : await this.client.history(token);
    const begun = kept?.length ? null : await this.client.start();
    if (round === this.round) {
      this.put(kept ?? [], begun);
    }
  }

  /** Show what was kept, or the greeting of what just began. */
  private put(kept: readonly Kept[], begun: Begun | null): void {
    if (begun) {
      this.tokens.keep(begun.token, begun.seconds);
      this.entries = greeted(this.entries, begun.messages);
      void this.renumber();
    } else {
      this.quiet = true;
      this.timers.settled = setTimeout(() => {
        this.quiet = false;
        this.say(this.host.strings().resumed);
      }, SETTLED_MS);
      this.entries = entries(kept, this.outbox.messages);
    }
    this.wait = FIRST_WAIT_MS;
    this.trouble = null;
    this.writing = this.outbox.messages.length > 0;
    this.host.changed();
    this.outbox.again();
  }

  private notBegun(error: unknown): void {
    const busy = error instanceof Refused && error.isTooMany;
    const { wait } = this;
    this.wait = Math.min(2 * this.wait, LONGEST_WAIT_MS);
    this.writing = false;
    this.trouble = busy ? "crowded" : "offline";
    this.say(busy ? this.host.strings().crowded : this.host.strings().away);
    clearTimeout(this.timers.later);
    this.timers.later = setTimeout(() => {
      if (this.host.watched() || this.outbox.messages.length) {
        this.resume();
      }
    }, wait);
  }

  private resume(): void {
    void this.begin().then(
      () => this.outbox.again(),
      () => undefined,
    );
  }

  /** The emergency number of where the person is; the last one known stays when it cannot be had. */
  async renumber(): Promise<void> {
    const { round } = this;
    const numbers = await this.client.numbers().catch(() => this.numbers);
    if (round === this.round) {
      this.numbers = numbers;
      this.known.value = withoutButton(numbers);
      this.host.changed();
    }
  }

  // -- ending

  /** Whatever is awaited here belongs to a conversation that is over. */
  private reset(): void {
    this.round += 1;
    Object.values(this.timers).forEach(clearTimeout);
    this.begun = null;
    this.writing = false;
    this.quiet = false;
    this.stale = false;
    this.trouble = null;
    this.entries = [];
    this.numbers = withoutButton(this.numbers);
  }

  /** Keep nothing, and leave one line. */
  private empty(text: string): void {
    this.outbox.clear();
    this.reset();
    this.tokens.drop();
    this.known.value = null;
    this.draft = "";
    this.leave({ from: "note", text });
  }

  private lost(): void {
    const { token } = this.tokens;
    if (token !== null) {
      this.tokens.lose(token);
    }
    this.begun = null;
    this.numbers = withoutButton(this.numbers);
    this.leave({ from: "note", text: this.host.strings().restarted });
  }

  private leave(note: Note): void {
    this.entries = [...this.entries, note];
    this.host.changed();
  }

  /** What another tab did. */
  private async elsewhere(token: string, done: Done): Promise<void> {
    if (token !== this.tokens.token) {
      return;
    }
    if (done === "forgotten") {
      this.empty(this.host.strings().forgotten);
      return;
    }
    const { round } = this;
    this.stale = this.outbox.messages.length > 0;
    if (this.stale || this.begun === null) {
      return;
    }
    const kept = await this.client.history(token).catch(() => null);
    if (round === this.round && kept !== null) {
      this.stale = this.outbox.messages.length > 0;
      if (!this.stale) {
        this.entries = judged(entries(kept, []), verdicts(this.entries));
        this.host.changed();
      }
    }
  }

  // -- what the outbox tells

  private replied(message: Outgoing, answer: Answer): void {
    const before = marked(this.entries, message.key, "sent");
    this.entries = answered(before, answer);
    if (this.entries !== before) {
      this.host.answered(answer);
    }
    this.host.changed();
  }

  private done(): void {
    if (newest(this.entries).some(({ answer }) => answer.contacts.length)) {
      // Another country may have been chosen.
      void this.renumber();
    }
    const { token } = this.tokens;
    this.tabs.tell(token, "changed");
    this.writing = this.outbox.messages.length > 0;
    this.host.changed();
    if (this.stale && token !== null) {
      void this.elsewhere(token, "changed");
    }
  }

  private failed(message: Outgoing): void {
    this.entries = marked(this.entries, message.key, "failed");
    this.writing = this.outbox.messages.length > 0;
    this.say(this.host.strings().failed);
  }

  private troubled(trouble: Trouble): void {
    const isNew = trouble !== null && trouble !== this.trouble;
    this.trouble = trouble;
    this.writing = trouble === null && this.outbox.messages.length > 0;
    if (isNew) {
      this.say(this.host.strings()[trouble]);
    }
    this.host.changed();
  }
}

/** Numbers that outlive a conversation: the button in them is good in that one alone. */
function withoutButton(numbers: Numbers | null): Numbers | null {
  return numbers && { ...numbers, change: null };
}

/** 128 random bits; a page without HTTPS has no `crypto.randomUUID`. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
