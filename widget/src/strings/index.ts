import { ar } from "./ar.js";
import { en, type Strings } from "./en.js";

const LANGUAGES: Readonly<Record<string, Strings>> = { en, ar };
const FROM_THE_RIGHT = new Set(["ar", "fa", "he", "ur"]);

export type { Strings };

/** The language that is spoken for a locale: `ar-EG` is Arabic, what is not there is English. */
export function spoken(locale: string): { lang: string; words: Strings } {
  const asked = base(locale);
  const found = Object.hasOwn(LANGUAGES, asked) ? LANGUAGES[asked] : undefined;
  return found ? { lang: asked, words: found } : { lang: "en", words: en };
}

/** How a language is written. */
export function directionOf(locale: string): "ltr" | "rtl" {
  return FROM_THE_RIGHT.has(base(locale)) ? "rtl" : "ltr";
}

/** A string with its facts filled in. */
export function filled(text: string, facts: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ""));
}

function base(locale: string): string {
  return locale.toLowerCase().split("-")[0] ?? "";
}
