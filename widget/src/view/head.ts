// The top of the box: what this is, what else can be done, and the way out.

import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

import { cross, dots } from "./icons.js";
import { reached } from "./rich.js";
import type { View } from "./view.js";

export function head(view: View): TemplateResult {
  const { words, heading, menu, inline } = view;
  return html`<div class="head">
      <div>
        <h2>${heading}</h2>
        <p class="tagline">${words.tagline}</p>
      </div>
      <button
        class="icon more"
        type="button"
        aria-expanded=${menu !== "closed"}
        aria-label=${words.menu}
        @click=${() => view.show(menu === "closed" ? "open" : "closed")}
      >
        ${dots}
      </button>
      ${
        inline
          ? nothing
          : html`<button class="icon" type="button" aria-label=${words.close} @click=${() => view.close()}>
            ${cross}
          </button>`
      }
    </div>
    ${menu === "open" ? options(view) : menu === "forgetting" ? confirm(view) : nothing}`;
}

function options(view: View): TemplateResult {
  const { words, talk, contact } = view;
  return html`<div class="menu" role="group" aria-label=${words.menu}>
    <button type="button" @click=${() => view.download("transcript")}>${words.download}</button>
    <button type="button" @click=${() => view.startAgain()}>${words.again}</button>
    <button type="button" @click=${() => view.show("forgetting")}>${words.forget}</button>
    <button type="button" @click=${() => view.download("export")}>${words.data}</button>
    <a href=${view.privacy} target="_blank" rel="noopener">${words.privacy}</a>
    <label>
      <input
        type="checkbox"
        .checked=${live(talk.isRemembered)}
        @change=${(event: Event) => talk.remember((event.target as HTMLInputElement).checked)}
      />
      <span>${words.remember}</span>
    </label>
    ${contact ? html`<p>${words.clinic} ${reached(contact)}</p>` : nothing}
  </div>`;
}

function confirm(view: View): TemplateResult {
  const { words } = view;
  return html`<div class="menu confirm" role="group" aria-label=${words.forget}>
    <p>${words.forgetAsk}</p>
    <button class="danger" type="button" @click=${() => view.forget()}>${words.forgetYes}</button>
    <button class="keep" type="button" @click=${() => view.show("closed")}>${words.forgetNo}</button>
  </div>`;
}
