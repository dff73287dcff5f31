// The bottom of the box: what does not work, where one writes, and whom to call in an emergency.

import { html, nothing, type TemplateResult } from "lit";

import { filled } from "../strings/index.js";
import { dialled, reached } from "./rich.js";
import type { View } from "./view.js";

export const MOST = 2_000;
const COUNT_FROM = 1_800;

export function foot(view: View): TemplateResult {
  return html`${trouble(view)} ${composer(view)} ${emergency(view)}
    <p class="unseen" role="status">${view.talk.spoken}</p>`;
}

function trouble(view: View): TemplateResult | typeof nothing {
  const { talk, words, contact } = view;
  if (talk.trouble === null) {
    return nothing;
  }
  const kept = talk.entries.some((entry) => entry.from === "patient" && entry.state === "waiting");
  const away = kept ? words.offline : words.away;
  return html`<div class="trouble">
    <p>${talk.trouble === "offline" ? away : words[talk.trouble]}</p>
    ${contact ? html`<p>${words.clinic} ${reached(contact)}</p>` : nothing}
    <button type="button" @click=${() => view.retry()}>${words.retry}</button>
  </div>`;
}

function composer(view: View): TemplateResult {
  const { words, talk } = view;
  const length = lengthOf(talk.draft);
  const [long, over] = [length > COUNT_FROM, length > MOST];
  return html`<div class="composer">
    <div class="field">
      <textarea
        rows="1"
        dir="auto"
        autocomplete="off"
        enterkeyhint="send"
        aria-label=${words.message}
        aria-describedby=${long ? "keys counter" : "keys"}
        aria-invalid=${over}
        placeholder=${words.placeholder}
        .value=${talk.draft}
        @input=${(event: Event) => typed(view, event.target as HTMLTextAreaElement)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === "Enter" && !event.shiftKey && !composes(event)) {
            event.preventDefault();
            submit(view);
          }
        }}
      ></textarea>
      <button class="send" type="button" @click=${() => submit(view)}>${words.send}</button>
    </div>
    <p id="keys" hidden>${words.keys}</p>
    <p id="counter" class="counter ${over ? "over" : ""}" ?hidden=${!long}>
      ${over ? words.tooLong : words.long} ${filled(words.counted, { count: length, most: MOST })}
    </p>
  </div>`;
}

/** The number is there at any time, whatever else does not work. */
function emergency(view: View): TemplateResult {
  const { words, talk, lang } = view;
  const numbers = talk.numbers;
  const change = numbers?.change;
  const known = numbers !== null && numbers.country !== null && numbers.contacts.length > 0;
  const links = numbers?.contacts.map((contact, place) => html`${place ? ` ${words.or} ` : ""}${dialled(contact)}`);
  const place = known ? nameOf(numbers.country, lang) : "";
  const asks = known ? words.elsewhere : words.emergencyNumbers;
  return html`<p class="emergency">
    ${
      known
        ? html`<span>${words.emergencyCall}${place ? ` (${place})` : ""}:</span> <span class="reach">${links}</span>`
        : html`<span>${words.emergency}</span>`
    }
    ${change ? html`<button type="button" @click=${() => view.send(asks, change.choice)}>${asks}</button>` : nothing}
  </p>`;
}

function typed(view: View, area: HTMLTextAreaElement): void {
  const { talk, words } = view;
  const [before, after] = [lengthOf(talk.draft), lengthOf(area.value)];
  talk.draft = area.value;
  if (after > MOST && before <= MOST) {
    talk.say(words.tooLong);
  } else if (after > COUNT_FROM && before <= COUNT_FROM) {
    talk.say(words.long);
  }
}

/** A country's short name; none for what is no country. */
function nameOf(country: string | null, lang: string): string {
  try {
    return new Intl.DisplayNames([lang], { type: "region", style: "short", fallback: "none" }).of(country ?? "") ?? "";
  } catch {
    return "";
  }
}

/** Make the field as tall as what is written, where the browser does not see to it itself. */
export function fitField(area: HTMLTextAreaElement): void {
  if (!CSS.supports("field-sizing", "content")) {
    area.style.blockSize = "auto";
    area.style.blockSize = `${area.scrollHeight}px`;
  }
}

function submit(view: View): void {
  const text = view.talk.draft.trim();
  if (text && lengthOf(text) <= MOST) {
    view.talk.draft = "";
    view.send(text);
  }
}

/** Whether Enter ends a word of an input method; Safari tells it by an old code alone. */
function composes(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else tells it there
  return event.isComposing || event.keyCode === 229;
}

/** In characters as people and the server count them. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
