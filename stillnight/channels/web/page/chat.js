// The chat page: asks the server, shows what it answers. All text enters the page as text, never as HTML.

const SESSION = "/webhooks/web/session";
const MESSAGES = "/webhooks/web/messages";
const KEPT_TOKEN = "stillnight.token";
const COUNT_FROM = 1800;
const COUNT_MOST = 2000;
const PATIENCE_MS = 45_000;

const scroller = document.getElementById("scroller");
const log = document.getElementById("log");
const composer = document.getElementById("composer");
const input = document.getElementById("text");
const sendButton = document.getElementById("send");
const counter = document.getElementById("counter");
const status = document.getElementById("status");

let token = keptToken();
let opening = null;
let choices = null;
let failure = null;
let busy = false;

// -- talking with the server

/** An answer of the server that is not the one we hoped for. */
class Refused extends Error {}

/** The token of this tab, if there is one; some browsers keep nothing in private windows. */
function keptToken() {
  try {
    return sessionStorage.getItem(KEPT_TOKEN);
  } catch {
    return null;
  }
}

function keepToken(value) {
  token = value;
  try {
    sessionStorage.setItem(KEPT_TOKEN, value);
  } catch {
    // Then it lasts until the page is closed.
  }
}

async function post(address, body) {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout?.(PATIENCE_MS),
  });
}

async function read(response) {
  if (!response.ok) {
    throw new Refused(response.status);
  }
  return response.json();
}

/** Begin a session. Gives the messages that greet. */
async function startSession() {
  const { token: fresh, messages } = await read(await post(SESSION, {}));
  keepToken(fresh);
  return messages;
}

/**
 * Send a message. When the server does not know the session any more, begin another one and send again: as text,
 * for a choice is good in its own session alone.
 */
async function ask({ text, choice }) {
  const response = await post(MESSAGES, choice ? { choice } : { text });
  if (response.status !== 401) {
    return (await read(response)).messages;
  }
  await startSession();
  return (await read(await post(MESSAGES, { text }))).messages;
}

// -- building what is seen

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function message(from, text, ...more) {
  const speaker = from === "you" ? "You said: " : "Stillnight said: ";
  return element(
    "div",
    { class: "message", "data-from": from, tabindex: "-1" },
    element("span", { class: "unseen" }, speaker),
    element("p", { class: "bubble", dir: "auto" }, ...[text].flat()),
    ...more,
  );
}

/** The text with its telephone numbers as links that dial. */
function withNumbers(text, contacts = []) {
  const parts = [text];
  for (const { say, href } of contacts) {
    // From the end, where the numbers stand; words before them may hold the same digits.
    for (let at = parts.length - 1; at >= 0; at -= 1) {
      const found = typeof parts[at] === "string" ? parts[at].lastIndexOf(say) : -1;
      if (found >= 0 && /^(tel|sms):/.test(href)) {
        const [before, after] = [parts[at].slice(0, found), parts[at].slice(found + say.length)];
        parts.splice(at, 1, before, element("a", { class: "number", href }, say), after);
        break;
      }
    }
  }
  return parts;
}

function sourceList(sources) {
  const items = sources.map(({ title, journal, year, url }) => {
    const where = journal.includes(String(year)) ? journal : `${journal}, ${year}`;
    const link = { class: "title", href: url, target: "_blank", rel: "noopener noreferrer" };
    const name = /^https?:/.test(url ?? "")
      ? element("a", link, title, element("span", { class: "unseen" }, " (opens in a new tab)"))
      : element("span", { class: "title" }, title);
    return element("li", {}, name, where);
  });
  return element("details", { class: "sources" }, element("summary", {}, "Sources"), element("ul", {}, ...items));
}

/** A drawing that the server made, taken in as XML so that nothing in it runs; it carries its own text alternative. */
function picture({ svg }) {
  const drawn = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  return drawn.localName === "svg" ? [element("div", { class: "picture" }, document.importNode(drawn, true))] : [];
}

function button(title, press) {
  const made = element("button", { type: "button" }, title);
  made.addEventListener("click", press);
  return made;
}

function choiceButtons(messages) {
  const buttons = messages.flatMap((each) => each.buttons);
  return element(
    "div",
    { class: "choices", role: "group", "aria-label": "Suggestions" },
    ...buttons.map(({ title, choice }) => button(title, () => send({ text: title, choice }))),
  );
}

/** Show the assistant's messages of one turn, and its suggestions under the newest. Gives the first of them. */
function show(messages) {
  choices?.remove();
  choices = choiceButtons(messages);
  const shown = messages.map(({ text, sources, contacts, images }) =>
    message(
      "stillnight",
      withNumbers(text, contacts),
      ...images.flatMap(picture),
      ...(sources.length ? [sourceList(sources)] : []),
    ),
  );
  log.append(...shown, ...(choices.hasChildNodes() ? [choices] : []));
  return shown[0];
}

const typing = element(
  "div",
  { class: "message", "data-from": "stillnight", "aria-hidden": "true" },
  element("div", { class: "bubble typing" }, element("i"), element("i"), element("i")),
);

/** Show that we wait until `work` is done; say it aloud only when it takes long. */
async function waitingFor(work) {
  const late = setTimeout(() => (status.textContent = "Stillnight is writing."), 2000);
  log.append(typing);
  scroller.scrollTop = scroller.scrollHeight;
  try {
    return await work;
  } finally {
    clearTimeout(late);
    status.textContent = "";
    typing.remove();
  }
}

/** Say kindly that something did not work. Gives the button that tries again. */
function fail(error, kept, again) {
  const retry = button("Try again", again);
  const what =
    error instanceof Refused ? "Sorry, something went wrong on our side." : "Sorry, I could not be reached just now.";
  failure?.remove();
  failure = element(
    "div",
    { class: "failure" },
    element("p", {}, kept ? `${what} Your message is still here.` : `${what} Please try again in a moment.`),
    retry,
  );
  log.append(failure);
  scroller.scrollTop = scroller.scrollHeight;
  return retry;
}

// -- one turn

/** A session and its greeting, unless there is one. Asked for twice, it is made once. */
function opened() {
  opening ??= (token ? Promise.resolve() : waitingFor(startSession()).then(greet)).catch((error) => {
    opening = null;
    throw error;
  });
  return opening;
}

function greet(messages) {
  const first = show(messages);
  scroller.scrollTop = 0;
  return first;
}

/** Whether a button of the conversation was pressed. It goes away, so the reader's place must go somewhere else. */
function pressed() {
  return document.activeElement?.tagName === "BUTTON" && log.contains(document.activeElement);
}

/** Send what was typed, or a choice with its title as text. What could not be sent is given back. */
async function send({ text, choice }) {
  if (busy) {
    return;
  }
  setBusy(true);
  const moveFocus = pressed();
  let question = null;
  try {
    await opened();
    question = message("you", text);
    log.append(question);
    if (moveFocus) {
      question.focus({ preventScroll: true });
    }
    failure?.remove();
    choices?.setAttribute("hidden", "");
    if (!choice) {
      write("");
    }
    reveal(question, show(await waitingFor(ask({ text, choice }))));
  } catch (error) {
    question?.remove();
    choices?.removeAttribute("hidden");
    if (!choice && question) {
      write([text, input.value].filter(Boolean).join("\n"));
    }
    const retry = fail(error, !choice, () => (choice ? send({ text, choice }) : sendTyped()));
    if (moveFocus) {
      retry.focus();
    }
  } finally {
    setBusy(false);
  }
}

function setBusy(value) {
  busy = value;
  sendButton.setAttribute("aria-disabled", String(value));
}

/** Bring the question to the top, so that the answer is read from its beginning; the answer, if the question is long. */
function reveal(question, answer) {
  const place = question.offsetHeight < scroller.clientHeight / 3 ? question : (answer ?? question);
  place.scrollIntoView({ block: "start" });
}

// -- writing

function write(text) {
  input.value = text;
  typed();
}

function typed() {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight}px`;
  const length = [...input.value].length;
  const shown = length > COUNT_FROM;
  const over = length > COUNT_MOST;
  const words = over ? "Too long for me to read: please shorten it." : "Your message is getting long.";
  if (counter.hidden === shown || counter.classList.contains("over") !== over) {
    status.textContent = shown ? words : "";
  }
  counter.hidden = !shown;
  counter.classList.toggle("over", over);
  counter.textContent = `${over ? `${words} ` : ""}${length} of ${COUNT_MOST}`;
}

function sendTyped() {
  const text = input.value.trim();
  if (text) {
    send({ text });
  } else {
    input.focus();
  }
}

input.addEventListener("input", typed);
input.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    sendTyped();
  }
});
composer.addEventListener("submit", (event) => {
  event.preventDefault();
  sendTyped();
  if (matchMedia("(pointer: fine)").matches) {
    input.focus();
  }
});

// -- staying in place when a keyboard opens or the text area grows

let height = scroller.clientHeight;
new ResizeObserver(() => {
  const wasAtEnd = scroller.scrollHeight - scroller.scrollTop - height < 24;
  height = scroller.clientHeight;
  if (wasAtEnd) {
    scroller.scrollTop = scroller.scrollHeight;
  }
}).observe(scroller);

// Where the keyboard lies over the page instead of making it smaller (iOS), the page makes itself smaller.
const seen = window.visualViewport;
seen?.addEventListener("resize", () => {
  const covered = seen.scale < 1.01 && seen.height < innerHeight - 1;
  document.documentElement.style.setProperty("--height", covered ? `${seen.height}px` : "");
  if (covered) {
    scrollTo(0, 0);
  }
});

// -- beginning

async function begin() {
  const moveFocus = pressed();
  let next;
  try {
    next = await opened();
    failure?.remove();
  } catch (error) {
    next = fail(error, false, begin);
  }
  if (moveFocus) {
    next?.focus();
  }
}

typed();
if (token) {
  log.append(element("p", { class: "notice" }, "Your conversation goes on. Earlier messages are not shown here."));
}
begin();
