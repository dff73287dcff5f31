// The conversation: questions, answers with what belongs to them, and what can be said next.

import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";

import { directionOf } from "../strings/index.js";
import { newest, type Asked, type Entry, type Told } from "../talk/entries.js";
import type { Answer, Sheet, Source } from "../talk/protocol.js";
import { drawing, outward, withNumbers } from "./rich.js";
import type { View } from "./view.js";

const REASON_MOST = 500;

export function log(view: View): TemplateResult {
  const { talk, words, greeting } = view;
  return html`<div
    class="log"
    role="log"
    aria-live=${talk.quiet ? "off" : "polite"}
    aria-label=${words.conversation}
    tabindex="0"
  >
    ${greeting ? html`<p class="note">${greeting}</p>` : nothing} ${repeat(talk.entries, nameOf, (entry) => shown(view, entry))}
    ${talk.writing ? typing : choices(view)}
  </div>`;
}

const typing = html`<div class="message told" aria-hidden="true">
  <p class="bubble typing"><i></i><i></i><i></i></p>
</div>`;

/** What stays the same when others come before it: focus and open lists stay where they are. */
function nameOf(entry: Entry): string {
  switch (entry.from) {
    case "note":
      return entry.text;
    case "patient":
      return entry.key;
    case "assistant":
      return entry.answer.id;
  }
}

function shown(view: View, entry: Entry): TemplateResult {
  switch (entry.from) {
    case "note":
      return html`<p class="note">${entry.text}</p>`;
    case "patient":
      return asked(view, entry);
    case "assistant":
      return told(view, entry);
  }
}

function asked({ words, talk }: View, entry: Asked): TemplateResult {
  const { text, state } = entry;
  const newest = entry.key === (talk.burst || lastAsked(talk.entries)) ? "newest" : "";
  return html`<div class="message asked ${state} ${newest}" tabindex="-1" aria-live="off">
    <p class="bubble"><span class="unseen">${words.you} </span><span class="text" dir="auto">${text}</span></p>
    ${state === "waiting" && talk.trouble ? html`<p class="note">${words.unsent}</p>` : nothing}
    ${
      state === "failed"
        ? html`<p class="note failed">
          ${words.failed} <button type="button" @click=${() => talk.sendAgain(entry)}>${words.retry}</button>
        </p>`
        : nothing
    }
  </div>`;
}

function lastAsked(all: readonly Entry[]): string {
  return all.reduce((last, entry) => (entry.from === "patient" ? entry.key : last), "");
}

function told(view: View, entry: Told): TemplateResult {
  const { answer, live } = entry;
  const { words, lang, talk } = view;
  const lasts = newest(talk.entries).includes(entry);
  return html`<div
    class="message told ${answer.urgent ? "urgent" : ""}"
    role=${answer.urgent && live ? "alert" : nothing}
    data-answer=${answer.id}
    lang=${answer.lang}
  >
    <p class="bubble"><span class="unseen" lang=${lang}>${words.assistant} </span>${said(answer)}</p>
    ${answer.images.map(
      (image) =>
        html`<div class="picture"><div dir=${directionOf(answer.lang)}>${drawing(image) ?? image.alt}</div></div>`,
    )}
    ${answer.sheet ? paper(view, answer.sheet) : nothing} ${answer.file ? table(view) : nothing}
    <div class="below" lang=${lang} dir=${directionOf(lang)} aria-live="off">
      ${answer.sources.length ? sources(view, answer.sources) : nothing}
      ${answer.sources.length && !answer.urgent ? judged(view, entry, lasts) : nothing}
    </div>
  </div>`;
}

/** The text in its own direction, the bubble where the assistant's stand; in several languages each line in its own. */
function said({ text, lang, lines, contacts }: Answer): TemplateResult | TemplateResult[] {
  if (!lines?.length) {
    return html`<span class="text" lang=${lang} dir=${directionOf(lang)}>${withNumbers(text, contacts)}</span>`;
  }
  return lines.map(
    (line) => html`<span class="text line" lang=${line.lang} dir="auto">${withNumbers(line.text, contacts)}</span>`,
  );
}

/** Ways to take the page for the doctor along. */
function paper(view: View, sheet: Sheet): TemplateResult {
  const { words, lang } = view;
  return html`<div class="paper" lang=${lang} dir=${directionOf(lang)} aria-live="off">
    <button type="button" @click=${() => view.print()}>${words.print}<span class="unseen"> ${words.newTab}</span></button>
    <button type="button" @click=${() => view.pdf(sheet.file)}>${words.pdf}</button>
  </div>`;
}

/** The diary, to take along. */
function table(view: View): TemplateResult {
  const { words, lang } = view;
  return html`<div class="paper" lang=${lang} dir=${directionOf(lang)} aria-live="off">
    <button type="button" @click=${() => view.download("diary")}>${words.table}</button>
  </div>`;
}

function sources({ words }: View, all: readonly Source[]): TemplateResult {
  return html`<details>
    <summary>${words.sources}</summary>
    <ul lang="en" dir="ltr">
      ${all.map(({ title, journal, year, url }) => {
        const href = outward(url);
        const where = [journal, journal?.includes(String(year)) ? null : year].filter(Boolean).join(", ");
        const link = html`<a href=${href} target="_blank" rel="noopener noreferrer"
          >${title}<span class="unseen"> ${words.newTab}</span></a
        >`;
        return html`<li>${href === null ? title : link} <span class="where">${where}</span></li>`;
      })}
    </ul>
  </details>`;
}

/** Whether it helped, for the newest answer; copying, for every one with sources, where the browser can. */
function judged(view: View, { answer, judged: verdict }: Told, lasts: boolean): TemplateResult | typeof nothing {
  const { words, copied } = view;
  const copy = window.isSecureContext
    ? html`<button type="button" @click=${() => view.copy(answer)}>
        ${copied === answer.id ? words.copied : words.copy}
      </button>`
    : nothing;
  if (verdict === "missing") {
    return reason(view, (why) => view.judge(answer, false, why));
  }
  if (verdict === "done") {
    return html`<span class="thanks" tabindex="-1">${words.thanks}</span> ${copy}`;
  }
  return lasts
    ? html`<span class="helpful" role="group" aria-label=${words.helpful}>
          <span aria-hidden="true">${words.helpful}</span>
          <button type="button" @click=${() => view.judge(answer, true)}>${words.yes}</button>
          <button type="button" @click=${() => view.judge(answer, false)}>${words.no}</button>
        </span>
        ${copy}`
    : copy;
}

function reason({ words }: View, give: (why: string) => void): TemplateResult {
  // No form: a page in a sandbox may not submit one.
  const given = (event: Event): void => {
    const field = (event.target as HTMLElement).closest(".reason")?.querySelector("input");
    give(field?.value.trim() ?? "");
  };
  return html`<div class="reason">
    <label
      >${words.whyNot}
      <input
        type="text"
        dir="auto"
        autocomplete="off"
        maxlength=${REASON_MOST}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === "Enter" && !event.isComposing) {
            given(event);
          }
        }}
    /></label>
    <button type="button" @click=${given}>${words.tell}</button>
    <button type="button" @click=${() => give("")}>${words.skip}</button>
  </div>`;
}

function choices(view: View): TemplateResult | typeof nothing {
  const answers = newest(view.talk.entries).map(({ answer }) => answer);
  if (!answers.some((answer) => answer.buttons.length)) {
    return nothing;
  }
  return html`<div class="choices" role="group" aria-label=${view.words.suggestions} aria-live="off">
    ${answers.map(({ lang, buttons }) =>
      buttons.map(
        ({ title, choice }) =>
          html`<button type="button" lang=${lang} dir=${directionOf(lang)} @click=${() => view.send(title, choice)}>${title}</button>`,
      ),
    )}
  </div>`;
}
