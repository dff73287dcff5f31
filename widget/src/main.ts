// One script tag: it makes the element, and gives the page `Stillnight.open()`, `close()` and `ask(text)`.

import { StillnightChat } from "./chat.js";

declare global {
  interface Window {
    Stillnight?: { open(): void; close(): void; ask(text: string): Promise<void>; element: StillnightChat };
  }
}

const NAME = "stillnight-chat";
const PATH = "/webhooks/web";
const PASSED_ON = ["heading", "greeting", "locale", "position", "scheme"];

const script = document.currentScript as HTMLScriptElement | null;

function begin(): void {
  if (!customElements.get(NAME)) {
    customElements.define(NAME, StillnightChat);
  }
  if (window.Stillnight) {
    return;
  }
  const given = script?.dataset ?? {};
  const from = script?.src ? new URL(script.src, location.href).origin : location.origin;
  const place = given["target"] ? document.querySelector(given["target"]) : null;
  const element = document.createElement(NAME) as StillnightChat;
  element.server = (given["server"] ?? from) + PATH;
  element.locale = document.documentElement.lang || navigator.language;
  for (const name of PASSED_ON) {
    const value = given[name];
    if (value !== undefined) {
      element.setAttribute(name, value);
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
