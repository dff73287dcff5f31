// Where the token is kept: in this tab; on this device only if the person says so, and then with an end.

const KEY = "stillnight.token";
const REMEMBERED_MS = 30 * 24 * 60 * 60 * 1000;

interface Remembered {
  token: string;
  until: number;
}

export class TokenStore {
  private inMemory: string | null;

  /** `name` keeps the conversations of two servers on one page apart. */
  constructor(private readonly name: string) {
    this.inMemory = read(sessionStore(), this.key) ?? this.remembered()?.token ?? null;
  }

  get token(): string | null {
    return this.inMemory;
  }

  get isRemembered(): boolean {
    return this.remembered() !== null;
  }

  keep(token: string): void {
    this.inMemory = token;
    write(sessionStore(), this.key, token);
    if (this.isRemembered) {
      this.remember(true);
    }
  }

  drop(): void {
    this.inMemory = null;
    write(sessionStore(), this.key, null);
    write(deviceStore(), this.key, null);
  }

  remember(wanted: boolean): void {
    const kept: Remembered | null =
      wanted && this.inMemory !== null ? { token: this.inMemory, until: Date.now() + REMEMBERED_MS } : null;
    write(deviceStore(), this.key, kept && JSON.stringify(kept));
  }

  private get key(): string {
    return `${KEY}.${this.name}`;
  }

  private remembered(): Remembered | null {
    try {
      const kept = JSON.parse(read(deviceStore(), this.key) ?? "null") as Remembered | null;
      return kept && kept.until > Date.now() ? kept : null;
    } catch {
      return null;
    }
  }
}

// Some browsers throw where storage is turned off; then the conversation lasts until the page is closed.
function sessionStore(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

function deviceStore(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

function read(store: Storage | null, key: string): string | null {
  try {
    return store?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

function write(store: Storage | null, key: string, value: string | null): void {
  try {
    if (value === null) {
      store?.removeItem(key);
    } else {
      store?.setItem(key, value);
    }
  } catch {
    // Full or forbidden.
  }
}
