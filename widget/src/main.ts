// One script tag: it makes the element, and gives the page `Stillnight.open()`, `close()` and `ask(text)`.

import { StillnightChat } from "./chat.js";

declare global {
  interface Window {
    Stillnight?: { open(): void; close(): void; ask(text: string): void; element: StillnightChat };
  }
}

const NAME = "stillnight-chat";
const PATH = "/webhooks/web";
/** Attributes of the script tag, and of the element. */
const PASSED_ON: Readonly<Record<string, string>> = {
  title: "heading",
  greeting: "greeting",
  locale: "locale",
  country: "country",
  contact: "contact",
  color: "accent",
  position: "position",
  scheme: "scheme",
};

// A module, or a script that a loader put in, is not the current one.
const script =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>('script[src*="/widget/stillnight.js"]');

function begin(): void {
  // The tag may stand on the page twice.
  if (customElements.get(NAME)) {
    return;
  }
  if (!("showModal" in HTMLDialogElement.prototype && "TextDecoderStream" in globalThis)) {
    console.warn("Stillnight: this browser is too old for the chat.");
    return;
  }
  customElements.define(NAME, StillnightChat);
  const given = script?.dataset ?? {};
  const from = script?.src ? new URL(script.src, location.href).origin : location.origin;
  const place = placeOf(given["target"]);
  const element = new StillnightChat();
  element.server = (given["server"] ?? from).replace(/\/+$/, "") + PATH;
  element.locale = document.documentElement.lang || navigator.language;
  for (const [name, attribute] of Object.entries(PASSED_ON)) {
    const value = given[name];
    if (value !== undefined) {
      element.setAttribute(attribute, value);
    }
  }
  element.inline = place !== null;
  (place ?? document.body).append(element);
  window.Stillnight = {
    element,
    open: () => there(element).show(),
    close: () => element.hide(),
    ask: (text) => there(element).ask(text),
  };
}

/** Back on the page, if something that renders it anew has thrown it out. */
function there(element: StillnightChat): StillnightChat {
  if (!element.isConnected) {
    document.body.append(element);
  }
  return element;
}

function placeOf(selector: string | undefined): Element | null {
  if (selector === undefined) {
    return null;
  }
  let found: Element | null = null;
  try {
    found = document.querySelector(selector);
  } catch {
    // No selector.
  }
  if (!found) {
    console.warn(`Stillnight: nothing on the page is ${selector}, so the chat stands behind a button.`);
  }
  return found;
}

if (document.readyState === "loading") {
  addEventListener("DOMContentLoaded", begin, { once: true });
} else {
  begin();
}
