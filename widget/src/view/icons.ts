import { svg, type SVGTemplateResult } from "lit";

const drawn = (path: string): SVGTemplateResult => svg`
  <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
    stroke-linejoin="round"><path d=${path} /></svg>`;

export const moon = drawn("M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z");
export const cross = drawn("M6 6l12 12M18 6L6 18");
export const dots = drawn("M5 12h.01M12 12h.01M19 12h.01");
