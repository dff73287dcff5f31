// Where the token is kept: in this tab; on this device only if the person says so, and then with an end.

import { device, tab, type Keeper } from "./storage.js";

const REMEMBERED_MS = 30 * 24 * 60 * 60 * 1000;

interface Remembered {
  token: string;
  until: number;
}

export class TokenStore {
  private readonly current: Keeper<string>;
  private readonly remembered: Keeper<Remembered>;
  private readonly past: Keeper<string[]>;

  /** `name` keeps the conversations of two servers on one page apart. */
  constructor(name: string) {
    this.current = tab(`token.${name}`);
    this.past = tab(`past.${name}`);
    this.remembered = device(`token.${name}`);
    this.current.value ??= this.onDevice?.token ?? null;
  }

  get token(): string | null {
    return this.current.value;
  }

  get isRemembered(): boolean {
    return this.onDevice !== null;
  }

  /** This conversation and those that were left in this tab: all that can be deleted. */
  get all(): readonly string[] {
    return [...(this.past.value ?? []), ...(this.token === null ? [] : [this.token])];
  }

  keep(token: string): void {
    this.current.value = token;
  }

  /** Leave the conversation, and keep what is needed to delete it later. */
  leave(): void {
    const past = this.all;
    this.drop();
    this.past.value = [...past];
  }

  drop(): void {
    this.current.value = null;
    this.past.value = null;
    this.remembered.value = null;
  }

  remember(wanted: boolean): void {
    const token = this.token;
    this.remembered.value = wanted && token !== null ? { token, until: Date.now() + REMEMBERED_MS } : null;
  }

  private get onDevice(): Remembered | null {
    const kept = this.remembered.value;
    return kept !== null && kept.until > Date.now() ? kept : null;
  }
}
