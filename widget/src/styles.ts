// Calm by day, dim and warm at night. Every pair of text and background reaches at least 4.5:1. A clinic changes the
// colours by the custom properties of the first rule.

import { css } from "lit";

export const styles = css`
  :host {
    --_paper: var(--stillnight-background, light-dark(#f5f2ec, #0e1320));
    --_ink: var(--stillnight-text, light-dark(#1f2536, #e3ddd1));
    --_quiet: light-dark(#575d6e, #a7acbb);
    --_bubble: var(--stillnight-bubble, light-dark(#fff, #182033));
    --_line: light-dark(#e6e1d6, #242e47);
    --_own: var(--stillnight-own, light-dark(#34426f, #2e3b66));
    --_own-ink: var(--stillnight-own-text, light-dark(#fff, #f1efe9));
    --_accent: var(--stillnight-accent, light-dark(#34426f, #b7c2ec));
    --_on-accent: var(--stillnight-on-accent, light-dark(#fff, #0e1320));
    --_edge: light-dark(#757fa2, #64719f);
    --_hover: light-dark(#e9e8ee, #1f2942);
    --_warn: light-dark(#9a3412, #f2b48c);
    --_focus: light-dark(#2f4fc0, #f1dca6);
    --_width: var(--stillnight-width, 24rem);
    --_height: var(--stillnight-height, 40rem);
    --_gap: 1rem;
    color-scheme: light dark;
    position: fixed;
    inset-block-end: calc(var(--_gap) + env(safe-area-inset-bottom));
    inset-inline-end: calc(var(--_gap) + env(safe-area-inset-right));
    z-index: var(--stillnight-layer, 2147483000);
    color: var(--_ink);
    font: 1.0625rem/1.5 var(--stillnight-font, system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif);
    overflow-wrap: anywhere;
  }
  :host([scheme="light"]) { color-scheme: light; }
  :host([scheme="dark"]) { color-scheme: dark; }
  :host([position="start"]) { inset-inline: calc(var(--_gap) + env(safe-area-inset-left)) auto; }
  :host([inline]) { position: static; display: block; block-size: var(--_height); }
  :host([hidden]) { display: none; }

  *, *::before, *::after { box-sizing: border-box; }
  p, ul, h2 { margin: 0; }
  button { font: inherit; color: inherit; cursor: pointer; }
  :focus-visible { outline: 3px solid var(--_focus); outline-offset: 2px; }
  [hidden] { display: none !important; }

  .unseen {
    position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }

  .launcher {
    position: relative; display: grid; place-items: center; inline-size: 3.75rem; block-size: 3.75rem; border: 0;
    border-radius: 50%; color: var(--_on-accent); background: var(--_accent);
    box-shadow: 0 .25rem 1rem rgb(0 0 0 / .25);
  }
  .launcher svg { inline-size: 1.875rem; block-size: 1.875rem; }
  .badge {
    position: absolute; inset-block-start: -.25rem; inset-inline-end: -.25rem; min-inline-size: 1.5rem;
    padding-inline: .375rem; border: 2px solid var(--_paper); border-radius: 1rem; color: #fff; background: #9a3412;
    font-size: .875rem; line-height: 1.375rem; text-align: center;
  }

  .box {
    display: flex; flex-direction: column; inline-size: min(var(--_width), 100vw - 2rem);
    block-size: min(var(--_height), 100dvh - 2rem); overflow: hidden; border: 1px solid var(--_line);
    border-radius: 1rem; background: var(--_paper); box-shadow: 0 .5rem 2.5rem rgb(0 0 0 / .3);
  }
  :host([inline]) .box { inline-size: 100%; block-size: 100%; box-shadow: none; }

  header {
    display: flex; align-items: center; gap: .5rem; padding: .5rem .5rem .5rem 1rem;
    border-block-end: 1px solid var(--_line);
  }
  header div { flex: 1; min-inline-size: 0; }
  h2 { font-size: 1.0625rem; line-height: 1.3; }
  .tagline { color: var(--_quiet); font-size: .875rem; line-height: 1.3; }
  .icon {
    display: grid; flex: none; place-items: center; inline-size: 2.75rem; block-size: 2.75rem; border: 0;
    border-radius: 50%; background: none;
  }
  .icon:hover, .choices button:hover, .menu button:hover { background: var(--_hover); }
  .icon svg { inline-size: 1.5rem; block-size: 1.5rem; }

  .menu { display: grid; padding: .25rem; border-block-end: 1px solid var(--_line); background: var(--_bubble); }
  .menu button, .menu label {
    display: flex; align-items: center; gap: .75rem; min-block-size: 2.75rem; padding: .375rem .75rem; border: 0;
    border-radius: .5rem; background: none; text-align: start;
  }
  .menu input { inline-size: 1.25rem; block-size: 1.25rem; accent-color: var(--_accent); }
  .confirm { display: grid; gap: .5rem; padding: .75rem; }

  .log { display: flex; flex: 1; flex-direction: column; gap: .75rem; overflow-y: auto; padding: 1rem; overscroll-behavior: contain; }
  .message { max-inline-size: 100%; }
  .bubble { padding: .625rem .875rem; border-radius: 1.125rem; white-space: pre-line; }
  .told .bubble { margin-inline-end: 1.5rem; border: 1px solid var(--_line); border-end-start-radius: .25rem; background: var(--_bubble); }
  .told.urgent .bubble { border: 2px solid var(--_warn); }
  .asked { align-self: end; margin-inline-start: 2.5rem; }
  .asked .bubble { border-end-end-radius: .25rem; color: var(--_own-ink); background: var(--_own); }
  .asked.waiting .bubble { opacity: .75; }
  .number { color: inherit; font-weight: 600; }
  .told .number { color: var(--_accent); }
  .picture { margin-block-start: .5rem; margin-inline-end: 1.5rem; padding: .75rem; border: 1px solid var(--_line); border-radius: 1rem; background: var(--_bubble); }
  .picture svg { display: block; inline-size: 100%; max-inline-size: 28rem; block-size: auto; }
  .note { align-self: center; color: var(--_quiet); font-size: .9375rem; text-align: center; }

  .below { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem .75rem; margin-inline: .25rem; color: var(--_quiet); font-size: .9375rem; }
  .below button { min-block-size: 2.75rem; padding-inline: .5rem; border: 0; border-radius: .5rem; background: none; text-decoration: underline; }
  details { inline-size: 100%; }
  summary { display: list-item; padding-block: .625rem; cursor: pointer; }
  details ul { padding-inline-start: 1.125rem; }
  details li { padding-block: .25rem; }
  details a { display: inline-block; color: var(--_accent); }

  .choices { display: flex; flex-wrap: wrap; gap: .5rem; }
  .choices button, .confirm button, .trouble button {
    min-block-size: 2.75rem; padding: .5rem 1rem; border: 1px solid var(--_edge); border-radius: 1.375rem;
    background: var(--_bubble); text-align: start;
  }
  .confirm .danger { border-color: var(--_warn); color: var(--_warn); }

  .typing { display: inline-flex; gap: .375rem; inline-size: max-content; }
  .typing i { inline-size: .5rem; block-size: .5rem; border-radius: 50%; background: var(--_quiet); animation: breathe 1.4s infinite; }
  .typing i:nth-child(2) { animation-delay: .2s; }
  .typing i:nth-child(3) { animation-delay: .4s; }
  @keyframes breathe { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }

  .trouble { display: grid; gap: .5rem; justify-items: start; padding: .75rem 1rem; border-block-start: 1px solid var(--_line); color: var(--_warn); }
  .trouble button { color: var(--_ink); }

  form { display: grid; gap: .375rem; padding: .625rem .75rem calc(.5rem + env(safe-area-inset-bottom)); border-block-start: 1px solid var(--_line); }
  .field { display: flex; align-items: end; gap: .5rem; padding: .25rem; border: 1px solid var(--_edge); border-radius: 1.5rem; background: var(--_bubble); }
  .field:focus-within { outline: 3px solid var(--_focus); outline-offset: 1px; }
  textarea {
    flex: 1; min-inline-size: 0; min-block-size: 2.75rem; max-block-size: 8rem; padding: .5rem .75rem; border: 0;
    outline: 0; resize: none; color: inherit; background: none; font: inherit; field-sizing: content;
  }
  textarea:focus-visible { outline: 0; }
  textarea::placeholder { color: var(--_quiet); opacity: 1; }
  .send { min-inline-size: 2.75rem; min-block-size: 2.75rem; padding-inline: 1rem; border: 0; border-radius: 1.375rem; color: var(--_on-accent); background: var(--_accent); }
  .counter.over { color: var(--_warn); }
  .counter, .emergency { font-size: .875rem; line-height: 1.35; text-align: center; }
  .emergency { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; column-gap: .375rem; }
  .emergency button { min-block-size: 2.75rem; padding: 0 .25rem; border: 0; background: none; text-decoration: underline; }

  @media (max-width: 30rem) {
    :host([open]:not([inline])) { inset: 0; }
    :host([open]:not([inline])) .box { inline-size: 100vw; block-size: var(--_seen, 100dvh); border: 0; border-radius: 0; padding-block-start: env(safe-area-inset-top); }
  }
  @media (prefers-reduced-motion: reduce) { .typing i { animation: none; opacity: .6; } }
  @media (forced-colors: active) {
    .bubble, .box, .choices button, .picture, .field, .launcher { border: 1px solid; }
    .told.urgent .bubble { border-width: 3px; }
  }
`;
