// The element <stillnight-chat>: a button that opens the chat, or the chat itself inside the page.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";

import { Conversation } from "./conversation.js";
import { suggestions, type Asked, type Entry, type Told } from "./entries.js";
import { cross, dots, moon } from "./icons.js";
import type { Source } from "./protocol.js";
import { drawing, outward, withNumbers } from "./rich.js";
import { filled, spoken, type Strings } from "./strings/index.js";
import { styles } from "./styles.js";

const COUNT_FROM = 1_800;
const COUNT_MOST = 2_000;

export class StillnightChat extends LitElement {
  static override styles = styles;
  static override properties = {
    open: { type: Boolean, reflect: true },
    inline: { type: Boolean, reflect: true },
    heading: { type: String },
    greeting: { type: String },
    locale: { type: String },
    server: { type: String },
    menu: { state: true },
    asking: { state: true },
    draft: { state: true },
    unread: { state: true },
  };

  declare open: boolean;
  declare inline: boolean;
  declare heading: string | undefined;
  declare greeting: string | undefined;
  declare locale: string;
  declare server: string;
  declare menu: boolean;
  declare asking: boolean;
  declare draft: string;
  declare unread: number;

  private conversation: Conversation | null = null;
  private strings: Strings = spoken("en").strings;
  private atEnd = true;

  constructor() {
    super();
    this.open = false;
    this.inline = false;
    this.heading = undefined;
    this.greeting = undefined;
    this.locale = "en";
    this.server = "";
    this.menu = false;
    this.asking = false;
    this.draft = "";
    this.unread = 0;
  }

  /** Open the chat, and begin or resume the conversation. */
  show(): void {
    this.open = true;
    this.unread = 0;
    this.tell("open");
    void this.talk().begin().catch(() => undefined);
    void this.updateComplete.then(() => this.field()?.focus());
  }

  /** Close it; the conversation stays. */
  hide(): void {
    this.open = false;
    this.menu = false;
    this.tell("close");
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(".launcher")?.focus());
  }

  /** Open it and ask a question on the person's behalf. */
  async ask(text: string): Promise<void> {
    this.show();
    await this.talk().begin();
    this.talk().say(text.slice(0, COUNT_MOST));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.inline) {
      void this.talk().begin().catch(() => undefined);
    }
    visualViewport?.addEventListener("resize", this.fit);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.conversation?.stop();
    this.conversation = null;
    visualViewport?.removeEventListener("resize", this.fit);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("locale")) {
      const { language, direction, strings } = spoken(this.locale);
      this.strings = strings;
      this.lang = language;
      this.dir = direction;
    }
    const log = this.log();
    this.atEnd = !log || log.scrollHeight - log.scrollTop - log.clientHeight < 48;
  }

  protected override updated(): void {
    const log = this.log();
    if (log && this.atEnd) {
      // Bring the newest question to the top, so that its answer is read from the beginning.
      const asked = [...log.querySelectorAll<HTMLElement>(".asked")].at(-1);
      const top = asked ? asked.offsetTop - log.offsetTop - 8 : 0;
      log.scrollTop = Math.min(top, log.scrollHeight);
    }
  }

  protected override render(): TemplateResult {
    if (!this.open && !this.inline) {
      const unread = this.unread ? filled(this.strings.unread, { count: this.unread }) : "";
      return html`<button class="launcher" type="button" aria-haspopup="dialog" @click=${() => this.show()}>
        ${moon}<span class="unseen">${this.strings.open} ${unread}</span>
        ${this.unread ? html`<span class="badge" aria-hidden="true">${this.unread}</span>` : nothing}
      </button>`;
    }
    const talk = this.talk();
    return html`<section
      class="box"
      role=${this.inline ? "region" : "dialog"}
      aria-label=${this.heading ?? this.strings.title}
      @keydown=${(event: KeyboardEvent) => this.pressed(event)}
    >
      ${this.head()} ${this.menu ? this.more(talk) : nothing}
      <div class="log" role="log" aria-live="off" aria-label=${this.strings.conversation} tabindex="0">
        ${this.greeting ? html`<p class="note">${this.greeting}</p>` : nothing}
        ${talk.entries.map((entry) => this.entry(entry))}
        ${talk.writing
          ? html`<div class="message told" aria-hidden="true"><p class="bubble typing"><i></i><i></i><i></i></p></div>`
          : this.choices(talk)}
      </div>
      ${talk.trouble ? this.trouble(talk) : nothing} ${this.composer()}
      <p class="unseen" role="status">${talk.spoken.urgent ? "" : talk.spoken.text}</p>
      <p class="unseen" role="alert">${talk.spoken.urgent ? talk.spoken.text : ""}</p>
    </section>`;
  }

  private head(): TemplateResult {
    return html`<header>
      <div>
        <h2>${this.heading ?? this.strings.title}</h2>
        <p class="tagline">${this.strings.tagline}</p>
      </div>
      <button
        class="icon"
        type="button"
        aria-expanded=${this.menu}
        aria-label=${this.strings.menu}
        @click=${() => (this.menu = !this.menu)}
      >
        ${dots}
      </button>
      ${this.inline
        ? nothing
        : html`<button class="icon" type="button" aria-label=${this.strings.close} @click=${() => this.hide()}>
            ${cross}
          </button>`}
    </header>`;
  }

  private more(talk: Conversation): TemplateResult {
    const words = this.strings;
    if (this.asking) {
      return html`<div class="menu confirm" role="group" aria-label=${words.forget}>
        <p>${words.forgetAsk}</p>
        <button class="danger" type="button" @click=${() => this.forget(talk)}>${words.forgetYes}</button>
        <button type="button" @click=${() => (this.asking = false)}>${words.forgetNo}</button>
      </div>`;
    }
    return html`<div class="menu">
      <button type="button" @click=${() => this.download(talk)}>${words.download}</button>
      <button type="button" @click=${() => this.restart(talk)}>${words.again}</button>
      <button type="button" @click=${() => (this.asking = true)}>${words.forget}</button>
      <label>
        <input
          type="checkbox"
          .checked=${talk.isRemembered}
          @change=${(event: Event) => talk.remember((event.target as HTMLInputElement).checked)}
        />
        ${words.remember}
      </label>
    </div>`;
  }

  private entry(entry: Entry): TemplateResult {
    if (entry.from === "note") {
      return html`<p class="note">${entry.text}</p>`;
    }
    return entry.from === "patient" ? this.asked(entry) : this.told(entry);
  }

  private asked(entry: Asked): TemplateResult {
    return html`<div class="message asked ${entry.state}">
      <p class="bubble" dir="auto"><span class="unseen">${this.strings.you} </span>${entry.text}</p>
      ${entry.state === "failed" ? html`<p class="note">${this.strings.failed}</p>` : nothing}
    </div>`;
  }

  private told(entry: Told): TemplateResult {
    const { answer } = entry;
    const words = this.strings;
    const numbers = withNumbers(answer.text, answer.contacts);
    return html`<div class="message told ${answer.urgent ? "urgent" : ""}" lang="en" dir="ltr">
      <p class="bubble"><span class="unseen">${words.assistant} </span>${numbers}</p>
      ${answer.images.map((image) => html`<div class="picture">${drawing(image)}</div>`)}
      <div class="below" lang=${this.lang} dir=${this.dir}>
        ${answer.sources.length ? this.sources(answer.sources) : nothing}
        ${answer.sources.length && !answer.urgent ? this.judged(entry) : nothing}
      </div>
    </div>`;
  }

  private judged(entry: Told): TemplateResult {
    const words = this.strings;
    const judge = (helpful: boolean) => void this.talk().judge(entry.answer, helpful);
    return entry.helpful === undefined
      ? html`<span>${words.helpful}</span>
          <button type="button" @click=${() => judge(true)}>${words.yes}</button>
          <button type="button" @click=${() => judge(false)}>${words.no}</button>
          <button type="button" @click=${() => navigator.clipboard?.writeText(entry.answer.text)}>${words.copy}</button>`
      : html`<span>${words.thanks}</span>`;
  }

  private sources(sources: readonly Source[]): TemplateResult {
    return html`<details>
      <summary>${this.strings.sources}</summary>
      <ul lang="en" dir="ltr">
        ${sources.map(({ title, journal, year, url }) => {
          const where = [journal, journal?.includes(String(year)) ? null : year].filter(Boolean).join(", ");
          const href = outward(url);
          return html`<li>
            ${href === null
              ? title
              : html`<a href=${href} target="_blank" rel="noopener noreferrer"
                  >${title}<span class="unseen"> ${this.strings.newTab}</span></a
                >`}
            ${where}
          </li>`;
        })}
      </ul>
    </details>`;
  }

  private choices(talk: Conversation): TemplateResult | typeof nothing {
    const buttons = suggestions(talk.entries);
    if (!buttons.length) {
      return nothing;
    }
    return html`<div class="choices" role="group" aria-label=${this.strings.suggestions}>
      ${buttons.map(
        ({ title, choice }) =>
          html`<button type="button" lang="en" @click=${() => this.send(title, choice)}>${title}</button>`,
      )}
    </div>`;
  }

  private trouble(talk: Conversation): TemplateResult {
    return html`<div class="trouble">
      <p>${talk.trouble === "offline" ? this.strings.offline : this.strings.busy}</p>
      <button type="button" @click=${() => talk.retry()}>${this.strings.retry}</button>
    </div>`;
  }

  private composer(): TemplateResult {
    const words = this.strings;
    const length = [...this.draft].length;
    const over = length > COUNT_MOST;
    const counted = filled(words.counted, { count: length, most: COUNT_MOST });
    return html`<form @submit=${(event: Event) => this.submitted(event)}>
      <div class="field">
        <textarea
          rows="1"
          dir="auto"
          autocomplete="off"
          enterkeyhint="send"
          aria-label=${words.message}
          aria-description=${words.keys}
          placeholder=${words.placeholder}
          .value=${this.draft}
          @input=${(event: Event) => (this.draft = (event.target as HTMLTextAreaElement).value)}
          @keydown=${(event: KeyboardEvent) => this.typed(event)}
        ></textarea>
        <button class="send" type="submit">${words.send}</button>
      </div>
      ${length > COUNT_FROM
        ? html`<p class="counter ${over ? "over" : ""}">${over ? words.tooLong : words.long} ${counted}</p>`
        : nothing}
      <p class="emergency">
        ${words.emergency}
        <button type="button" @click=${() => this.send(words.emergencyNumbers)}>${words.emergencyNumbers}</button>
      </p>
    </form>`;
  }

  // -- what the person does

  private send(text: string, choice?: string): void {
    this.menu = false;
    this.atEnd = true;
    this.talk().say(text, choice);
    this.tell("message");
  }

  private submitted(event: Event): void {
    event.preventDefault();
    const text = this.draft.trim();
    if (text && [...text].length <= COUNT_MOST) {
      this.draft = "";
      this.send(text);
    }
    this.field()?.focus();
  }

  private typed(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      this.submitted(event);
    }
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key !== "Escape") {
      return;
    }
    event.stopPropagation();
    if (this.menu) {
      this.menu = false;
      this.asking = false;
    } else if (!this.inline) {
      this.hide();
    }
  }

  private async restart(talk: Conversation): Promise<void> {
    this.menu = false;
    await talk.startAgain().catch(() => undefined);
    this.field()?.focus();
  }

  private async forget(talk: Conversation): Promise<void> {
    this.asking = false;
    this.menu = false;
    await talk.forget().catch(() => talk.retry());
    this.tell("forgotten");
  }

  private async download(talk: Conversation): Promise<void> {
    this.menu = false;
    const text = await talk.transcript().catch(() => null);
    if (text === null) {
      return;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = "stillnight.txt";
    link.click();
    URL.revokeObjectURL(link.href);
  }

  // -- helpers

  private talk(): Conversation {
    this.conversation ??= new Conversation(
      this.server,
      this.strings,
      () => this.requestUpdate(),
      () => {
        if (!this.open && !this.inline) {
          this.unread += 1;
        }
        this.tell("answer");
      },
    );
    return this.conversation;
  }

  /** What the page around may know: that something happened, never a word of it. */
  private tell(what: string): void {
    this.dispatchEvent(new CustomEvent(`stillnight-${what}`, { bubbles: true, composed: true }));
  }

  private field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector("textarea");
  }

  private log(): HTMLElement | null {
    return this.renderRoot?.querySelector(".log") ?? null;
  }

  /** Where the keyboard lies over the page instead of making it smaller (iOS), the box makes itself smaller. */
  private readonly fit = (): void => {
    const seen = visualViewport;
    const covered = seen && seen.scale < 1.01 && seen.height < innerHeight - 1;
    this.style.setProperty("--_seen", covered ? `${seen.height}px` : "100dvh");
  };
}
