// What is kept between two loads of the page. Where the browser keeps nothing, it lasts until the page is closed.

const PREFIX = "stillnight.";

/** One value that outlives the page, if the browser lets it. */
export interface Keeper<T> {
  value: T | null;
}

/** Kept in this tab, until it is closed. */
export function tab<T>(name: string): Keeper<T> {
  return new Kept(() => sessionStorage, PREFIX + name);
}

/** Kept on this device. */
export function device<T>(name: string): Keeper<T> {
  return new Kept(() => localStorage, PREFIX + name);
}

class Kept<T> implements Keeper<T> {
  private inMemory: T | null = null;

  constructor(
    private readonly store: () => Storage,
    private readonly key: string,
  ) {}

  get value(): T | null {
    try {
      return JSON.parse(this.store().getItem(this.key) ?? "null") as T | null;
    } catch {
      return this.inMemory;
    }
  }

  set value(value: T | null) {
    this.inMemory = value;
    try {
      if (value === null) {
        this.store().removeItem(this.key);
      } else {
        this.store().setItem(this.key, JSON.stringify(value));
      }
    } catch {
      // Forbidden or full; what stands in memory counts.
    }
  }
}
