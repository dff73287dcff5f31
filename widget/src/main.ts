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

const script = document.currentScript as HTMLScriptElement | null;

function begin(): void {
  // The tag may stand on the page twice.
  if (customElements.get(NAME)) {
    return;
  }
  customElements.define(NAME, StillnightChat);
  const given = script?.dataset ?? {};
  const from = script?.src ? new URL(script.src, location.href).origin : location.origin;
  const place = given["target"] ? document.querySelector(given["target"]) : null;
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
    open: () => element.show(),
    close: () => element.hide(),
    ask: (text) => element.ask(text),
  };
}

if (document.readyState === "loading") {
  addEventListener("DOMContentLoaded", begin, { once: true });
} else {
  begin();
}
