// What is kept between two loads of the page. Where the browser keeps nothing, it lasts until the page is closed.

const PREFIX = "stillnight.";

/** One value that outlives the page, if the browser lets it. */
export interface Keeper<T> {
  value: T | null;
  /** Whether what was written last outlives the page. */
  readonly lasts: boolean;
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
  /** Stands in for what could not be written: storage may be forbidden or full. */
  private instead: { value: T | null } | null = null;

  constructor(
    private readonly store: () => Storage,
    private readonly key: string,
  ) {}

  get lasts(): boolean {
    return this.instead === null;
  }

  get value(): T | null {
    if (this.instead) {
      return this.instead.value;
    }
    try {
      return JSON.parse(this.store().getItem(this.key) ?? "null") as T | null;
    } catch {
      return null;
    }
  }

  set value(value: T | null) {
    try {
      if (value === null) {
        this.store().removeItem(this.key);
      } else {
        this.store().setItem(this.key, JSON.stringify(value));
      }
      this.instead = null;
    } catch {
      this.instead = { value };
    }
  }
}
