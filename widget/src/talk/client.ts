// Talking with the server: one conversation, its token, and messages that are answered once however often they are sent.

import type { Answer, Begun, Copied, Kept, Numbers, Outgoing } from "./protocol.js";
import type { TokenStore } from "./tokens.js";

const PATIENCE_MS = 45_000;
const LINES = "application/x-ndjson";

/** The server cannot be reached, or is not ready: what was typed is kept, and sent again. */
export class Unreachable extends Error {
  /** `failed`: it was reached, and broke on just this request. */
  constructor(readonly failed = false) {
    super("unreachable");
  }
}

/** The server answered, and refused. `wait`: seconds after which it may be tried again, 0 when that is no use. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly wait: number,
  ) {
    super(`refused with ${status}`);
  }

  /** The conversation is not known any more. */
  get isForgotten(): boolean {
    return this.status === 401;
  }

  /** The button is not of this conversation. */
  get isUnknown(): boolean {
    return this.status === 404;
  }

  get isTooMany(): boolean {
    return this.status === 429;
  }
}

interface Call {
  body?: unknown;
  headers?: Record<string, string>;
  token?: string | null;
  signal?: AbortSignal;
}

export class Client {
  /** `country`: of the page, if it says so; a hint at whose emergency numbers are given. */
  constructor(
    private readonly base: string,
    private readonly tokens: TokenStore,
    private readonly country: () => string | undefined,
  ) {}

  /** Begin a conversation. */
  async start(): Promise<Begun> {
    return (await (await this.call("POST", "/session", { token: null })).json()) as Begun;
  }

  /** The conversation so far; null when the server does not know it any more. */
  async history(token: string): Promise<Kept[] | null> {
    try {
      return ((await (await this.call("GET", "/history", { token })).json()) as { messages: Kept[] }).messages;
    } catch (error) {
      if (error instanceof Refused && error.isForgotten) {
        this.tokens.lose(token);
        return null;
      }
      throw error;
    }
  }

  /** Send a message; `each` gets every reply as it comes, until `signal` ends it. */
  async send(message: Outgoing, each: (answer: Answer) => void, signal: AbortSignal): Promise<void> {
    const said = message.choice === undefined ? { text: message.text } : { choice: message.choice };
    const response = await this.call("POST", "/messages", {
      body: { ...said, country: this.country() },
      headers: { "Idempotency-Key": message.key, Accept: LINES },
      signal,
    });
    let told = false;
    for await (const line of lines(response)) {
      each(answerOf(line));
      told = true;
    }
    if (!told) {
      throw new Unreachable(true);
    }
  }

  async feedback(message: string, helpful: boolean, reason?: string): Promise<void> {
    await this.call("POST", "/feedback", { body: { message, helpful, reason } });
  }

  /** The conversation as text, everything that is kept of it, or its diary. */
  async copied(what: Copied): Promise<Blob> {
    return (await this.call("GET", `/${what}`)).blob();
  }

  /** The page for the doctor as a PDF. */
  async pdf(): Promise<Blob> {
    return (await this.call("GET", "/summary")).blob();
  }

  /** Open the same in a new tab, to be printed. The token goes in the body of a form: no address, no log holds it. */
  print(): void {
    const form = document.createElement("form");
    form.method = "post";
    form.action = `${this.base}/summary`;
    form.target = "_blank";
    form.rel = "noopener noreferrer";
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "token";
    field.value = this.tokens.token ?? "";
    form.append(field);
    document.body.append(form);
    form.submit();
    form.remove();
  }

  async numbers(): Promise<Numbers> {
    const country = this.country();
    const query = country === undefined ? "" : `?${new URLSearchParams({ country })}`;
    return (await (await this.call("GET", `/numbers${query}`)).json()) as Numbers;
  }

  /** Have everything deleted on the server, also what was left in this tab. Whether all of it was still known there. */
  async forget(): Promise<boolean> {
    let known = true;
    for (const token of this.tokens.all) {
      try {
        await this.call("DELETE", "/session", { token });
      } catch (error) {
        if (!(error instanceof Refused && error.isForgotten)) {
          throw error;
        }
        known = false;
      }
    }
    return known;
  }

  private async call(method: string, path: string, given: Call = {}): Promise<Response> {
    const { body, headers, token = this.tokens.token, signal } = given;
    const ended = new AbortController();
    const patience = setTimeout(() => ended.abort(), PATIENCE_MS);
    signal?.addEventListener("abort", () => ended.abort(), { signal: ended.signal });
    let response: Response;
    try {
      response = await fetch(this.base + path, {
        method,
        credentials: "omit",
        referrerPolicy: "no-referrer",
        headers: {
          ...headers,
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: ended.signal,
      });
    } catch {
      clearTimeout(patience);
      throw new Unreachable();
    }
    if (response.status >= 500) {
      throw new Unreachable(response.status === 500);
    }
    if (!response.ok) {
      throw new Refused(response.status, Number(response.headers.get("Retry-After")) || 0);
    }
    return response;
  }
}

/** One answer; a line that is none comes of a broken connection or server, and is asked for again. */
function answerOf(line: string): Answer {
  let given: Partial<Answer> | null = null;
  try {
    given = JSON.parse(line) as Partial<Answer> | null;
  } catch {
    // Half a line.
  }
  if (typeof given?.id !== "string" || typeof given.text !== "string") {
    throw new Unreachable(true);
  }
  return { lang: "en", buttons: [], sources: [], contacts: [], images: [], urgent: false, ...given } as Answer;
}

/** The lines of a response as they arrive. A connection that breaks off is an Unreachable: the message is sent again. */
async function* lines(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) {
    return;
  }
  let rest = "";
  for (;;) {
    let part: ReadableStreamReadResult<string>;
    try {
      part = await reader.read();
    } catch {
      throw new Unreachable();
    }
    rest += part.value ?? "";
    const whole = rest.split("\n");
    rest = whole.pop() ?? "";
    yield* whole.filter((line) => line !== "");
    if (part.done) {
      if (rest !== "") {
        throw new Unreachable();
      }
      return;
    }
  }
}
