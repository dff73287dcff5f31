// Talking with the server: one conversation, its token, and messages that are answered once however often they are sent.

import type { Answer, Kept, Outgoing } from "./protocol.js";
import type { TokenStore } from "./tokens.js";

const PATIENCE_MS = 45_000;
const LINES = "application/x-ndjson";

/** The server cannot be reached, or is not ready: what was typed is kept, and sent again. */
export class Unreachable extends Error {}

/** The server answered, and refused. `wait`: seconds after which it may be tried again, 0 when that is no use. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly wait: number,
  ) {
    super(`refused with ${status}`);
  }
}

export class Client {
  constructor(
    private readonly base: string,
    private readonly tokens: TokenStore,
  ) {}

  get hasSession(): boolean {
    return this.tokens.token !== null;
  }

  /** Begin a conversation; gives the greeting. */
  async start(): Promise<Answer[]> {
    const begun = (await (await this.call("POST", "/session")).json()) as { token: string; messages: Answer[] };
    this.tokens.keep(begun.token);
    return begun.messages;
  }

  /** The conversation so far; null when the server does not know it any more. */
  async history(): Promise<Kept[] | null> {
    try {
      return ((await (await this.call("GET", "/history")).json()) as { messages: Kept[] }).messages;
    } catch (error) {
      if (error instanceof Refused && error.status === 401) {
        this.tokens.drop();
        return null;
      }
      throw error;
    }
  }

  /** Send a message; `each` gets every reply as it comes. */
  async send(message: Outgoing, each: (answer: Answer) => void): Promise<void> {
    const body = message.choice === undefined ? { text: message.text } : { choice: message.choice };
    const response = await this.call("POST", "/messages", body, { "Idempotency-Key": message.key, Accept: LINES });
    for await (const line of lines(response)) {
      each(JSON.parse(line) as Answer);
    }
  }

  async feedback(message: string, helpful: boolean, reason?: string): Promise<void> {
    await this.call("POST", "/feedback", { message, helpful, ...(reason ? { reason } : {}) });
  }

  async transcript(): Promise<string> {
    return (await this.call("GET", "/transcript")).text();
  }

  /** Have everything deleted on the server, and forget the token here. */
  async forget(): Promise<void> {
    if (this.hasSession) {
      await this.call("DELETE", "/session");
    }
    this.tokens.drop();
  }

  /** Leave the conversation without deleting it. */
  leave(): void {
    this.tokens.drop();
  }

  private async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const token = this.tokens.token;
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
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch {
      throw new Unreachable();
    }
    if (response.status >= 500) {
      throw new Unreachable();
    }
    if (!response.ok) {
      throw new Refused(response.status, Number(response.headers.get("Retry-After")) || 0);
    }
    return response;
  }
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
