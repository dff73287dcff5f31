import { svg, type SVGTemplateResult } from "lit";

const drawn = (path: string): SVGTemplateResult => svg`
  <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
    stroke-linejoin="round"><path d=${path} /></svg>`;

export const speech = drawn("M20 15a2 2 0 0 1-2 2H8l-4 4V6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2ZM8 9h8M8 13h5");
export const cross = drawn("M6 6l12 12M18 6L6 18");
export const dots = drawn("M5 12h.01M12 12h.01M19 12h.01");
