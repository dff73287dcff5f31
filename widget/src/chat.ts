// The element <stillnight-chat>: a button that opens the chat, or the chat itself inside the page.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";

import { directionOf, filled, spoken } from "./strings/index.js";
import { Conversation } from "./talk/conversation.js";
import { waits } from "./talk/outbox.js";
import type { Answer, Copied } from "./talk/protocol.js";
import { inkOn } from "./view/colour.js";
import { fitField, foot, MOST } from "./view/foot.js";
import { head } from "./view/head.js";
import { speech } from "./view/icons.js";
import { log } from "./view/log.js";
import { Frame } from "./view/frame.js";
import { Place } from "./view/place.js";
import { styles } from "./view/styles.js";
import type { View } from "./view/view.js";

const LOADED_MS = 60_000;

export class StillnightChat extends LitElement {
  static override styles = styles;
  static override properties = {
    open: { type: Boolean, reflect: true },
    inline: { type: Boolean, reflect: true },
    heading: { type: String },
    greeting: { type: String },
    locale: { type: String },
    country: { type: String },
    contact: { type: String },
    accent: { type: String },
    server: { type: String },
    menu: { state: true },
    copied: { state: true },
    unread: { state: true },
    urgent: { state: true },
  };

  declare open: boolean;
  declare inline: boolean;
  /** Title of the box. */
  declare heading: string | undefined;
  /** A line of the clinic's own, above everything. */
  declare greeting: string | undefined;
  declare locale: string;
  /** The page's country, two letters: a hint at whose emergency numbers are shown. */
  declare country: string | undefined;
  /** How to reach the clinic. */
  declare contact: string | undefined;
  /** Colour of what is filled: the button, the send button, what the person said. */
  declare accent: string | undefined;
  /** Address of the web channel. */
  declare server: string;
  declare menu: View["menu"];
  declare copied: string | null;
  declare unread: number;
  declare urgent: boolean;

  private conversation: Conversation | null = null;
  private readonly frame = new Frame(this, () => this.hide());
  private readonly place = new Place(this, () => this.log());
  /** What the page around opened the chat with. */
  private opener: HTMLElement | null = null;

  constructor() {
    super();
    this.open = false;
    this.inline = false;
    this.locale = "en";
    this.server = "";
    this.menu = "closed";
    this.copied = null;
    this.unread = 0;
    this.urgent = false;
  }

  /** Open the chat, and begin or resume the conversation. */
  show(): void {
    if (this.open || this.inline) {
      this.focusField();
      return;
    }
    const at = document.activeElement;
    this.opener = at instanceof HTMLElement && at !== this && at !== document.body ? at : null;
    this.open = true;
    this.unread = 0;
    this.urgent = false;
    this.tell("open");
    void this.begin();
    void this.updateComplete.then(() => this.focusField());
  }

  /** Close it; the conversation stays. */
  hide(): void {
    if (!this.open) {
      return;
    }
    this.open = false;
    this.menu = "closed";
    this.place.leave();
    this.conversation?.rest();
    this.tell("close");
    if (this.opener?.isConnected) {
      this.opener.focus();
    } else {
      this.focusOn(".launcher");
    }
  }

  /** Open it and ask a question on the person's behalf. */
  ask(text: string): void {
    this.show();
    if (this.inline) {
      this.scrollIntoView({ block: "nearest" });
    }
    const asked = Array.from(text.trim()).slice(0, MOST).join("");
    if (asked) {
      this.talk().send(asked);
      this.tell("message");
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // What was typed before a reload is sent, whether the box is opened again or not.
    if (this.open || this.inline || waits(this.server)) {
      void this.begin();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.conversation?.stop();
    this.conversation = null;
  }

  protected override shouldUpdate(): boolean {
    return this.isConnected;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("accent")) {
      const ink = this.accent ? inkOn(this.accent, this) : null;
      this.style.setProperty("--_given", ink && this.accent ? this.accent : null);
      this.style.setProperty("--_given-ink", ink);
    }
    if (changed.has("country") && this.conversation) {
      void this.conversation.renumber();
    }
    this.place.note();
  }

  protected override updated(): void {
    this.frame.place(this.renderRoot.querySelector("dialog"));
    const field = this.field();
    if (field) {
      fitField(field);
    }
    this.place.follow(this.conversation?.entries ?? [], this.conversation?.writing ?? false);
  }

  protected override render(): TemplateResult {
    const { lang, words } = spoken(this.locale);
    const dir = directionOf(lang);
    if (this.inline) {
      return html`<section class="root box" lang=${lang} dir=${dir} aria-label=${this.heading ?? words.title}>
        ${this.box()}
      </section>`;
    }
    if (this.open) {
      return html`<dialog class="root box float" lang=${lang} dir=${dir} aria-label=${this.heading ?? words.title}>
        ${this.box()}
      </dialog>`;
    }
    const unread = this.unread ? filled(words.unread, { count: this.unread }) : "";
    return html`<div class="root corner" lang=${lang} dir=${dir}>
      <span role="alert">${this.urgent ? html`<span class="urgent-waiting">${words.urgentWaiting}</span>` : nothing}</span>
      <button class="launcher" type="button" aria-haspopup="dialog" @click=${() => this.show()}>
        ${speech}<span class="unseen">${words.open} ${unread}</span>
        ${this.unread ? html`<span class="badge" aria-hidden="true">${this.unread}</span>` : nothing}
      </button>
    </div>`;
  }

  private box(): TemplateResult {
    const view = this.view();
    return html`<div class="inner" tabindex="-1" @keydown=${(event: KeyboardEvent) => this.pressed(event)}>
      ${head(view)} ${log(view)} ${foot(view)}
    </div>`;
  }

  private view(): View {
    const { lang, words } = spoken(this.locale);
    const talk = this.talk();
    return {
      talk,
      words,
      lang,
      heading: this.heading ?? words.title,
      greeting: this.greeting,
      contact: (this.contact ?? talk.numbers?.clinic ?? "").trim(),
      inline: this.inline,
      menu: this.menu,
      copied: this.copied,
      send: (text, choice) => this.send(text, choice),
      judge: (answer, helpful, reason) => this.judge(answer, helpful, reason),
      copy: (answer) => void this.copy(answer),
      print: () => this.talk().print(),
      pdf: (file) => void this.save(file, () => this.talk().pdf()),
      show: (menu) => this.turnTo(menu),
      close: () => this.hide(),
      download: (what) => void this.download(what),
      privacy: new URL("../privacy", new URL(this.server, location.href)).href,
      retry: () => this.retry(),
      startAgain: () => void this.startAgain(),
      forget: () => void this.forget(),
    };
  }

  // -- what the person does

  private send(text: string, choice?: string): void {
    this.menu = "closed";
    const written = this.shadowRoot?.activeElement?.matches("textarea, .send");
    this.talk().send(text, choice);
    this.tell("message");
    // What was pressed goes away, so the reader's place must go somewhere else; on a phone the keyboard goes, too.
    this.focusOn(written && !touched() ? "textarea" : ".asked.newest");
  }

  private judge(answer: Answer, helpful: boolean, reason?: string): void {
    void this.talk().judge(answer, helpful, reason);
    const place = `.told[data-answer="${CSS.escape(answer.id)}"]`;
    this.focusOn(`${place} ${helpful || reason !== undefined ? ".thanks" : ".reason input"}`);
    this.talk().say(spoken(this.locale).words.thanks);
  }

  private async copy(answer: Answer): Promise<void> {
    const sources = answer.sources.map(({ title, year, url }) => [title, year, url].filter(Boolean).join(", "));
    try {
      await navigator.clipboard.writeText([answer.text, ...sources].join("\n"));
    } catch {
      // Without HTTPS, or forbidden by the page around.
      return;
    }
    this.copied = answer.id;
    this.talk().say(spoken(this.locale).words.copied);
  }

  private turnTo(menu: View["menu"]): void {
    this.menu = menu;
    this.focusOn({ closed: ".more", open: ".menu button", forgetting: ".keep" }[menu]);
  }

  /** Esc closes what is on top. */
  private pressed(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing || (this.inline && this.menu === "closed")) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (this.menu === "closed") {
      this.hide();
    } else {
      this.turnTo("closed");
    }
  }

  private retry(): void {
    this.talk().retry();
    this.focusField();
  }

  private async startAgain(): Promise<void> {
    this.turnTo("closed");
    await this.talk()
      .startAgain()
      .catch(() => undefined);
  }

  private async forget(): Promise<void> {
    this.turnTo("closed");
    try {
      await this.talk().forget();
      this.tell("forgotten");
    } catch {
      this.talk().warn(spoken(this.locale).words.notForgotten);
    }
  }

  private async download(what: Copied): Promise<void> {
    this.turnTo("closed");
    const file = { transcript: "stillnight.txt", export: "stillnight.json", diary: "diary.csv" }[what];
    await this.save(file, () => this.talk().copied(what));
  }

  private async save(name: string, load: () => Promise<Blob>): Promise<void> {
    let content: Blob;
    try {
      content = await load();
    } catch {
      this.talk().warn(spoken(this.locale).words.notLoaded);
      return;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), LOADED_MS);
  }

  // -- helpers

  private async begin(): Promise<void> {
    // It fails when the server cannot be reached; the conversation shows that and tries again.
    await this.talk()
      .begin()
      .catch(() => undefined);
  }

  private talk(): Conversation {
    this.conversation ??= new Conversation(this.server, {
      strings: () => spoken(this.locale).words,
      country: () => this.country,
      changed: () => this.requestUpdate(),
      watched: () => this.open || this.inline,
      answered: (answer) => {
        this.tell("answer");
        if (this.open || this.inline) {
          return;
        }
        // Whoever closed it may not be alone: that there is something is said, and not what.
        this.unread += 1;
        this.urgent ||= answer.urgent;
      },
    });
    return this.conversation;
  }

  /** What the page around may know: that something happened, never a word of it. */
  private tell(what: string): void {
    this.dispatchEvent(new CustomEvent(`stillnight-${what}`, { bubbles: true, composed: true }));
  }

  /** Into the field where there is a real keyboard; where it would cover half the screen, to the conversation. */
  private focusField(): void {
    this.focusOn(touched() ? ".log" : "textarea");
  }

  private focusOn(what: string): void {
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>(what)?.focus({ preventScroll: true });
    });
  }

  private field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector("textarea");
  }

  private log(): HTMLElement | null {
    return this.hasUpdated ? this.renderRoot.querySelector(".log") : null;
  }
}

/** Whether fingers are used, so that a focused field brings up a keyboard. */
function touched(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}
