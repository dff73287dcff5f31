// From the server's text and drawings to safe parts of a page. Nothing is ever parsed as HTML.

import { html, type TemplateResult } from "lit";

import type { Contact, Picture } from "../talk/protocol.js";

const DIALS = /^(tel|sms):[+0-9*#,;a-z=?&.-]+$/i;
const BETWEEN = /^[^\n\d]{1,12}$/;
const COUNTRY = /^ \([^()\n]+\)/;
const DRAWN = new Set(["svg", "g", "rect", "line", "path", "text", "tspan", "title", "desc", "polygon", "circle"]);
const NAMED = /^(?:[a-z-]+|viewBox|preserveAspectRatio|textLength|lengthAdjust)$/;
const RUNS = /^on|^style$|^xmlns$|href$/;
const LEADS_OUT = /url\(|javascript:/i;
const drawings = new WeakMap<Picture, SVGElement | null>();

type Part = string | TemplateResult;

/** The text with its telephone numbers as links that dial, each line's together with the country that they are of. */
export function withNumbers(text: string, contacts: readonly Contact[]): Part[] {
  const parts: Part[] = [text];
  for (const contact of contacts) {
    // From the end, where the numbers stand; words before them may hold the same digits.
    for (let at = parts.length - 1; at >= 0; at -= 1) {
      const part = parts[at];
      const found = typeof part === "string" ? part.lastIndexOf(contact.say) : -1;
      if (typeof part === "string" && found >= 0 && DIALS.test(contact.href)) {
        parts.splice(at, 1, part.slice(0, found), dialled(contact), part.slice(found + contact.say.length));
        break;
      }
    }
  }
  return together(parts);
}

/** What is not torn apart at the end of a line: numbers, “or” between them, and the country in brackets behind. */
function together(parts: readonly Part[]): Part[] {
  const kept: Part[] = [];
  let numbers: Part[] = [];
  const end = (country: string): void => {
    kept.push(
      html`<span class="reach">${numbers}${country && html` <span class="whose">${country.trim()}</span>`}</span>`,
    );
    numbers = [];
  };
  parts.forEach((part, at) => {
    if (typeof part !== "string") {
      numbers.push(part);
    } else if (numbers.length === 0) {
      kept.push(part);
    } else if (at < parts.length - 1 && BETWEEN.test(part)) {
      numbers.push(part);
    } else {
      const country = COUNTRY.exec(part)?.[0] ?? "";
      end(country);
      kept.push(part.slice(country.length));
    }
  });
  return kept;
}

/** A number that dials; one whose link is none is text. */
export function dialled({ say, href }: Contact): TemplateResult {
  return DIALS.test(href) ? html`<a class="number" href=${href}>${say}</a>` : html`${say}`;
}

/** How to reach the clinic: a web address, mail address or telephone number as a link, anything else as it stands. */
export function reached(contact: string): TemplateResult {
  const outside = outward(contact);
  if (outside !== null) {
    return html`<a href=${outside} target="_blank" rel="noopener noreferrer">${contact.replace(/^https?:\/\//, "")}</a>`;
  }
  if (/^[^\s@:/?&]+@[^\s@:/?&]+\.[a-z]+$/i.test(contact)) {
    return html`<a href=${`mailto:${contact}`}>${contact}</a>`;
  }
  if (/^\+?[\d\s()./-]{6,24}$/.test(contact)) {
    return html`<a href=${`tel:${contact.replace(/[^\d+]/g, "")}`}>${contact}</a>`;
  }
  return html`${contact}`;
}

/** A link out, if it is one; else null. */
export function outward(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}

/** A drawing of the server's, built anew from the few elements and attributes that a range bar needs; made once. */
export function drawing(picture: Picture): SVGElement | null {
  let made = drawings.get(picture) ?? null;
  try {
    made ??= drawn(picture);
  } catch {
    // A page that trusts no parser; the words are shown instead.
  }
  drawings.set(picture, made);
  return made;
}

function drawn(picture: Picture): SVGElement | null {
  const parsed = new DOMParser().parseFromString(picture.svg, "image/svg+xml").documentElement;
  const made = parsed.localName === "svg" ? copied(parsed) : null;
  made?.setAttribute("role", "img");
  made?.setAttribute("aria-label", picture.alt);
  return made;
}

function copied(node: Element): SVGElement | null {
  if (!DRAWN.has(node.localName)) {
    return null;
  }
  const made = document.createElementNS("http://www.w3.org/2000/svg", node.localName);
  for (const { name, value } of node.attributes) {
    if (NAMED.test(name) && !RUNS.test(name) && !LEADS_OUT.test(value)) {
      made.setAttribute(name, value);
    }
  }
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      made.append(child.textContent ?? "");
    } else if (child.nodeType === Node.ELEMENT_NODE) {
      const part = copied(child as Element);
      if (part !== null) {
        made.append(part);
      }
    }
  }
  return made;
}
