// Other tabs of the same conversation: what one of them did, the others show.

export type Done = "changed" | "forgotten";

interface News {
  token: string;
  done: Done;
}

export class Tabs {
  private readonly channel: BroadcastChannel | null;

  /** `told` hears what another tab did to the conversation of a token. */
  constructor(name: string, told: (token: string, done: Done) => void) {
    this.channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(`stillnight.${name}`) : null;
    this.channel?.addEventListener("message", ({ data }: MessageEvent<News>) => told(data.token, data.done));
  }

  tell(token: string | null, done: Done): void {
    if (token !== null) {
      this.channel?.postMessage({ token, done } satisfies News);
    }
  }

  close(): void {
    this.channel?.close();
  }
}
