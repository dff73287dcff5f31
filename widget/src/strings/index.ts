import { ar } from "./ar.js";
import { en, type Strings } from "./en.js";

const LANGUAGES: Record<string, Strings> = { en, ar };
const FROM_THE_RIGHT = new Set(["ar", "fa", "he", "ur"]);

export type { Strings };

/** The language that is spoken for a locale: `ar-EG` is Arabic, what is not there is English. */
export function spoken(locale: string): { language: string; direction: "ltr" | "rtl"; strings: Strings } {
  const asked = locale.toLowerCase().split("-")[0] ?? "en";
  const language = asked in LANGUAGES ? asked : "en";
  return { language, direction: FROM_THE_RIGHT.has(language) ? "rtl" : "ltr", strings: LANGUAGES[language] ?? en };
}

/** A string with its facts filled in. */
export function filled(text: string, facts: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ""));
}
