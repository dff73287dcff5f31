// Calm by day, dim and warm at night. Every pair of text and background reaches at least 4.5:1. A clinic changes the
// colours by the custom properties named --stillnight-…. Sizes are in em of the box, never rem: pages that set a small
// root size would make them too small to read or to hit.

import { css, unsafeCSS } from "lit";

import { SMALL } from "./frame.js";

const night = css`
  --_paper: var(--stillnight-background, #0e1320);
  --_ink: var(--stillnight-text, #e3ddd1);
  --_quiet: #a7acbb;
  --_bubble: var(--stillnight-bubble, #182033);
  --_line: #242e47;
  --_fill: var(--_given, var(--stillnight-accent, #b7c2ec));
  --_on-fill: var(--_given-ink, var(--stillnight-on-accent, #0e1320));
  --_own: var(--_given, var(--stillnight-own, #2e3b66));
  --_on-own: var(--_given-ink, var(--stillnight-own-text, #f1efe9));
  --_link: var(--stillnight-link, #b7c2ec);
  --_edge: #64719f;
  --_hover: #1f2942;
  --_warn: #f2b48c;
  --_focus: #f1dca6;
  color-scheme: dark;
`;

const colours = css`
  .root {
    --_paper: var(--stillnight-background, #f5f2ec);
    --_ink: var(--stillnight-text, #1f2536);
    --_quiet: #575d6e;
    --_bubble: var(--stillnight-bubble, #fff);
    --_line: #e6e1d6;
    --_fill: var(--_given, var(--stillnight-accent, #34426f));
    --_on-fill: var(--_given-ink, var(--stillnight-on-accent, #fff));
    --_own: var(--_given, var(--stillnight-own, #34426f));
    --_on-own: var(--_given-ink, var(--stillnight-own-text, #fff));
    --_link: var(--stillnight-link, #34426f);
    --_edge: #757fa2;
    --_hover: #e9e8ee;
    --_warn: #9a3412;
    --_focus: #2f4fc0;
    color-scheme: light;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([scheme="light"])) .root { ${night} }
  }
  :host([scheme="dark"]) .root { ${night} }
  @media (prefers-contrast: more) {
    .root { --_line: var(--_ink); --_edge: var(--_ink); --_quiet: var(--_ink); }
  }
`;

/** Where it stands, and what the page around may not change. */
const frame = css`
  /* The size of letters is the browser's own, whatever the page has made of it. */
  :host { display: contents; font-size: medium !important; }
  :host([inline]) { display: block; block-size: var(--stillnight-height, 40em); }
  :host([hidden]) { display: none; }

  .root {
    --_gap: 16px;
    all: initial;
    color: var(--_ink);
    font: max(17px, 1.0625em) / 1.5 var(--stillnight-font, system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif);
    overflow-wrap: anywhere;
    -webkit-text-size-adjust: 100%;
  }
  .corner, .float {
    position: fixed; z-index: var(--stillnight-layer, 2147483000);
    --_side: calc(var(--_gap) + max(env(safe-area-inset-left), env(safe-area-inset-right)));
    inset-block: auto calc(var(--_gap) + env(safe-area-inset-bottom)); inset-inline: auto var(--_side);
  }
  :host([position="start"]) :is(.corner, .float) { inset-inline: var(--_side) auto; }

  *, *::before, *::after { box-sizing: border-box; }
  p, ul, h2 { margin: 0; }
  button, input, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
  button { cursor: pointer; }
  a { color: var(--_link); }
  :focus-visible { outline: 3px solid var(--_focus); outline-offset: 2px; }
  [tabindex="-1"]:focus:not(:focus-visible), .inner:focus { outline: 0; }
  [hidden] { display: none !important; }
  .unseen {
    position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }

  .launcher {
    position: relative; display: grid; place-items: center; inline-size: 3.5em; block-size: 3.5em; border: 0;
    border-radius: 50%; color: var(--_on-fill); background: var(--_fill); box-shadow: 0 4px 16px rgb(0 0 0 / .25);
  }
  .urgent-waiting {
    margin-inline-end: .5em; padding: .5em .75em; border: 2px solid var(--_warn); border-radius: 1em; color: var(--_ink); background: var(--_bubble);
  }
  .corner { display: flex; align-items: center; }
  .launcher svg { inline-size: 1.75em; block-size: 1.75em; }
  .badge {
    position: absolute; inset-block-start: -.25em; inset-inline-end: -.25em; min-inline-size: 1.6em;
    padding-inline: .375em; border: 2px solid #fff; border-radius: 1em; color: #fff; background: #9a3412;
    font-size: .875em; line-height: 1.5em; text-align: center;
  }

  .box {
    display: block; box-sizing: border-box; margin: 0; padding: 0; overflow: hidden; border: 1px solid var(--_line);
    border-radius: 1em; background: var(--_paper); color: var(--_ink);
  }
  .float {
    inline-size: min(var(--stillnight-width, 24em), 100vw - 2 * var(--_gap)); max-inline-size: none;
    block-size: min(var(--stillnight-height, 40em), 100vh - 2 * var(--_gap));
    block-size: min(var(--stillnight-height, 40em), 100dvh - 2 * var(--_gap)); max-block-size: none;
    box-shadow: 0 8px 40px rgb(0 0 0 / .3);
  }
  :host([inline]) .box { inline-size: 100%; block-size: 100%; max-block-size: var(--_seen, none); }
  /* Where head, foot and a piece of the conversation do not fit, all of it scrolls. */
  .inner { position: relative; display: flex; flex-direction: column; block-size: 100%; overflow-y: auto; }
`;

const head = css`
  .head {
    display: flex; flex: none; align-items: center; gap: .5em; padding-block: .5em; padding-inline: 1em .5em;
    border-block-end: 1px solid var(--_line);
  }
  .head div { flex: 1; min-inline-size: 0; }
  h2 { font-size: 1em; line-height: 1.3; }
  .tagline { color: var(--_quiet); font-size: .8236em; line-height: 1.3; }
  .icon {
    display: grid; flex: none; place-items: center; inline-size: max(44px, 2.6em); block-size: max(44px, 2.6em);
    padding: 0; border: 0; border-radius: 50%; background: none;
  }
  .icon svg { inline-size: 1.4em; block-size: 1.4em; }
  .icon:hover, .choices button:hover, .paper button:hover, .menu button:hover { background: var(--_hover); }

  .menu {
    display: grid; flex: none; padding: .25em;
    border-block-end: 1px solid var(--_line); background: var(--_bubble);
  }
  .menu button, .menu a, .menu label, .menu > p { display: flex; align-items: center; gap: .25em .75em; min-block-size: 44px; padding: .375em .75em; }
  .menu > p { flex-wrap: wrap; }
  .menu button, .menu > a { border: 0; border-radius: .5em; background: none; text-align: start; }
  .menu input { flex: none; inline-size: 1.25em; block-size: 1.25em; accent-color: var(--_link); }
  .menu.confirm { gap: .5em; padding: .5em .75em .75em; }
`;

const log = css`
  .log {
    position: relative; display: flex; flex: 1 1 0; flex-direction: column; gap: .75em; min-block-size: 8em; overflow-y: auto;
    padding: 1em; overscroll-behavior: contain;
  }
  .log:focus-visible { outline-offset: -3px; }
  .message { max-inline-size: 100%; }
  .bubble { padding: .6em .8em; border-radius: 1.1em; }
  .text { display: block; white-space: pre-line; }
  .told .bubble {
    margin-inline-end: 1.5em; border: 1px solid var(--_line); border-end-start-radius: .25em; background: var(--_bubble);
  }
  .told.urgent .bubble { border: 2px solid var(--_warn); }
  .asked { align-self: end; margin-inline-start: 2.5em; }
  .asked .bubble { border-end-end-radius: .25em; color: var(--_on-own); background: var(--_own); }
  .asked.waiting .bubble { opacity: .8; }
  .line + .line { margin-block-start: .5em; }
  /* Blocks in the line: what stands to the right and left of them moves nothing in them, and they break last. */
  .number, .reach, .whose { display: inline-block; }
  .number { direction: ltr; font-weight: 600; }
  .picture {
    margin-block-start: .5em; margin-inline-end: 1.5em; padding: .75em; border: 1px solid var(--_line);
    border-radius: 1em; background: var(--_bubble);
  }
  .picture svg { display: block; inline-size: 100%; max-inline-size: 28em; block-size: auto; }
  .note { align-self: center; color: var(--_quiet); font-size: .9em; text-align: center; }

  .below {
    display: flex; flex-wrap: wrap; align-items: center; gap: 0 .75em; margin-inline: .25em; color: var(--_quiet);
    font-size: .9em;
  }
  .below button, .failed button {
    min-inline-size: 44px; min-block-size: 44px; padding-inline: .5em; border: 0; border-radius: .5em; background: none;
    text-decoration: underline;
  }
  .reason { display: flex; flex: 1; flex-wrap: wrap; align-items: center; gap: .25em .5em; padding: 0; }
  .reason label { flex: 1 1 100%; }
  .reason input {
    display: block; inline-size: 100%; min-block-size: 44px; padding-inline: .75em; border: 1px solid var(--_edge);
    border-radius: .75em; color: var(--_ink); background: var(--_bubble);
  }
  details { inline-size: 100%; }
  summary { min-block-size: 44px; padding-block: .6em; cursor: pointer; }
  details ul { padding-inline-start: 1.1em; }
  details li { padding-block: .25em; }
  .where { display: block; }

  .choices, .paper { display: flex; flex-wrap: wrap; gap: .5em; }
  .paper { margin-block-start: .5em; }
  .choices button, .paper button, .confirm button, .trouble button {
    justify-content: center; min-block-size: 44px; padding: .45em 1em; border: 1px solid var(--_edge);
    border-radius: 1.4em; background: var(--_bubble); text-align: start;
  }
  .confirm .danger { border-color: var(--_warn); color: var(--_warn); }

  .typing { display: inline-flex; gap: .375em; }
  .typing i {
    inline-size: .5em; block-size: .5em; border-radius: 50%; background: var(--_quiet); animation: breathe 1.4s infinite;
  }
  .typing i:nth-child(2) { animation-delay: .2s; }
  .typing i:nth-child(3) { animation-delay: .4s; }
  @keyframes breathe { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }
`;

const foot = css`
  .trouble {
    display: grid; flex: none; gap: .5em; justify-items: start; padding: .75em 1em; color: var(--_warn);
    border-block-start: 1px solid var(--_line);
  }
  .trouble button { color: var(--_ink); }
  .composer { flex: none; padding: .6em .75em 0; border-block-start: 1px solid var(--_line); }
  .field {
    display: flex; align-items: end; gap: .5em; padding: .25em; border: 1px solid var(--_edge); border-radius: 1.6em;
    background: var(--_bubble);
  }
  .field:focus-within { outline: 3px solid var(--_focus); outline-offset: 1px; }
  textarea {
    flex: 1; min-inline-size: 0; min-block-size: 44px; max-block-size: 8em; padding: .5em .75em; border: 0; outline: 0;
    resize: none; background: none; line-height: 1.5; field-sizing: content;
  }
  textarea:focus-visible { outline: 0; }
  textarea::placeholder { color: var(--_quiet); opacity: 1; }
  .field:has(.send:focus-visible) { outline: 0; }
  .send {
    flex: none; min-inline-size: 44px; min-block-size: 44px; padding-inline: 1em; border: 0; border-radius: 1.4em;
    color: var(--_on-fill); background: var(--_fill);
  }
  .counter { padding-block-start: .375em; font-size: .85em; text-align: center; }
  .counter.over { color: var(--_warn); }
  .emergency {
    display: flex; flex: none; flex-wrap: wrap; align-items: center; justify-content: center; column-gap: .5em;
    padding: 0 .75em env(safe-area-inset-bottom); font-size: .85em; line-height: 1.35; text-align: center;
  }
  .emergency button {
    min-block-size: 44px; padding: 0 .25em; border: 0; background: none; text-decoration: underline;
  }
  .emergency span { margin-block: .5em; }
  .emergency .number { padding: .75em .25em; margin-block: -.25em; }
`;

const special = css`
  @media ${unsafeCSS(SMALL)} {
    .float { inset: var(--_top, 0) 0 auto 0 !important; inline-size: 100vw; block-size: var(--_seen, 100vh); border: 0; border-radius: 0; padding: env(safe-area-inset-top) env(safe-area-inset-right) 0 env(safe-area-inset-left); }
    @supports (block-size: 100dvh) { .float { block-size: var(--_seen, 100dvh); } }
  }
  /* A keyboard is open, or the page is enlarged: what does not change makes room for what is read. */
  @media (max-height: 24em) {
    .tagline { display: none; }
    .head { padding-block: 0; }
  }
  @media (prefers-reduced-motion: reduce) { .typing i { animation: none; opacity: .6; } }
  @media (forced-colors: active) {
    .bubble, .box, .picture, .field, .launcher, .send, .choices button, .paper button, .icon { border: 1px solid; }
    .told.urgent .bubble { border-width: 3px; }
    .typing i { background: CanvasText; }
  }
  @media print {
    .corner, .float, .icon, .choices, .composer, .paper, .below button, .helpful { display: none; }
    .box, .inner, .log { display: block; block-size: auto; overflow: visible; }
  }
`;

export const styles = [colours, frame, head, log, foot, special];
