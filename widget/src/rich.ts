// From the server's text and drawings to safe parts of a page. Nothing is ever parsed as HTML.

import { html, type TemplateResult } from "lit";

import type { Contact, Picture } from "./protocol.js";

const DIALS = /^(tel|sms):[+0-9*#,;a-z=?&.-]+$/i;
const DRAWN = new Set(["svg", "g", "rect", "line", "path", "text", "tspan", "title", "desc", "polygon", "circle"]);
const NAMED = /^(?:[a-z-]+|viewBox|xmlns|preserveAspectRatio|textLength|lengthAdjust|patternUnits)$/;

/** The text with its telephone numbers as links that dial. */
export function withNumbers(text: string, contacts: readonly Contact[]): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [text];
  for (const { say, href } of contacts) {
    // From the end, where the numbers stand; words before them may hold the same digits.
    for (let at = parts.length - 1; at >= 0; at -= 1) {
      const part = parts[at];
      const found = typeof part === "string" ? part.lastIndexOf(say) : -1;
      if (typeof part === "string" && found >= 0 && DIALS.test(href)) {
        const link = html`<a class="number" href=${href}>${say}</a>`;
        parts.splice(at, 1, part.slice(0, found), link, part.slice(found + say.length));
        break;
      }
    }
  }
  return parts;
}

/** A link out, if it is one; else null. */
export function outward(url: string | null): string | null {
  return url !== null && /^https?:\/\//.test(url) ? url : null;
}

/** A drawing of the server's, built anew from the few elements and attributes that a range bar needs. */
export function drawing(picture: Picture): SVGElement | null {
  const parsed = new DOMParser().parseFromString(picture.svg, "image/svg+xml").documentElement;
  const drawn = parsed.localName === "svg" ? copied(parsed) : null;
  drawn?.setAttribute("role", "img");
  drawn?.setAttribute("aria-label", picture.alt);
  return drawn;
}

function copied(node: Element): SVGElement | null {
  if (!DRAWN.has(node.localName)) {
    return null;
  }
  const made = document.createElementNS("http://www.w3.org/2000/svg", node.localName);
  for (const { name, value } of node.attributes) {
    const runs = name.startsWith("on") || name === "style" || /href$/.test(name) || /url\(|javascript:/i.test(value);
    if (NAMED.test(name) && !runs && name !== "xmlns") {
      made.setAttribute(name, value);
    }
  }
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      made.append(child.textContent ?? "");
    } else if (child.nodeType === Node.ELEMENT_NODE) {
      made.append(...[copied(child as Element)].filter((each) => each !== null));
    }
  }
  return made;
}
