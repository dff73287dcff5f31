// Where the token is kept: in this tab; on this device only if the person says so, and then with an end.

import { device, tab, type Keeper } from "./storage.js";

interface Token {
  token: string;
  /** When it is no good any more, in milliseconds since 1970. */
  until: number;
}

export class TokenStore {
  private readonly current: Keeper<Token>;
  private readonly past: Keeper<Token[]>;
  private readonly onDevice: Keeper<Token>;
  /** The person wants to be remembered; there may be nothing to remember yet. */
  private readonly wish: Keeper<boolean>;

  /** `name` keeps the conversations of two servers on one page apart. */
  constructor(name: string) {
    this.current = tab(`token.${name}`);
    this.past = tab(`past.${name}`);
    this.wish = tab(`remember.${name}`);
    this.onDevice = device(`token.${name}`);
    if ((this.onDevice.value?.until ?? 0) <= Date.now()) {
      this.onDevice.value = null;
    }
    this.current.value ??= this.onDevice.value;
  }

  get token(): string | null {
    return this.current.value?.token ?? null;
  }

  get isRemembered(): boolean {
    return this.onDevice.lasts && (this.wish.value === true || this.hasDevice);
  }

  /** This conversation and those that were left in this tab: all that can be deleted. */
  get all(): readonly string[] {
    return [...(this.past.value ?? []), this.current.value].flatMap((each) => (each ? [each.token] : []));
  }

  keep(token: string, seconds: number): void {
    this.current.value = { token, until: Date.now() + 1_000 * seconds };
    if (this.wish.value) {
      this.remember(true);
    }
  }

  /** Leave the conversation, and keep what is needed to delete it later. */
  leave(): void {
    const { current, past } = this;
    past.value = [...(past.value ?? []), ...(current.value ? [current.value] : [])];
    current.value = null;
  }

  /** The server does not know this token any more. */
  lose(token: string): void {
    if (this.token === token) {
      this.current.value = null;
    }
    if (this.onDevice.value?.token === token) {
      this.onDevice.value = null;
    }
    const past = this.past.value?.filter((each) => each.token !== token);
    this.past.value = past?.length ? past : null;
  }

  /** Forget everything that is kept here; what the device remembers of another tab stays. */
  drop(): void {
    const mine = this.all;
    if (this.onDevice.value && mine.includes(this.onDevice.value.token)) {
      this.onDevice.value = null;
    }
    for (const kept of [this.current, this.past, this.wish]) {
      kept.value = null;
    }
  }

  remember(wanted: boolean): void {
    const { hasDevice } = this;
    this.wish.value = wanted || null;
    if (wanted || hasDevice) {
      this.onDevice.value = wanted ? this.current.value : null;
    }
  }

  /** The device remembers this very conversation. */
  private get hasDevice(): boolean {
    return this.token !== null && this.onDevice.value?.token === this.token;
  }
}
