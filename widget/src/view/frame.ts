// Where the box stands: in a corner of the page beside it, or on a small screen over all of it, with the page at rest.

import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Where the box takes the whole screen: phones, and a page enlarged so far that little fits. */
export const SMALL = "(max-width: 29.99em), (max-height: 24em)";

export class Frame implements ReactiveController {
  private readonly small = matchMedia(SMALL);
  private dialog: HTMLDialogElement | null = null;
  /** The page's own, while it is at rest. */
  private overflow: string | null = null;

  /** `closed`: called when the browser closes the box, by its back button say. */
  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly closed: () => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.small.addEventListener("change", this.again);
    visualViewport?.addEventListener("resize", this.fit);
    visualViewport?.addEventListener("scroll", this.fit);
  }

  hostDisconnected(): void {
    this.small.removeEventListener("change", this.again);
    visualViewport?.removeEventListener("resize", this.fit);
    visualViewport?.removeEventListener("scroll", this.fit);
    this.place(null);
  }

  /** Show the box that was rendered; null when there is none any more. */
  place(dialog: HTMLDialogElement | null): void {
    if (dialog === this.dialog) {
      return;
    }
    this.dialog?.removeEventListener("close", this.left);
    this.dialog = dialog;
    dialog?.addEventListener("close", this.left);
    this.again();
  }

  private readonly again = (): void => {
    // Over a modal of the page's own, too: beneath it nobody could use the chat.
    const over = this.dialog !== null && (this.small.matches || document.querySelector("dialog:modal") !== null);
    const at = this.host.shadowRoot?.activeElement;
    this.dialog?.close();
    if (over) {
      this.dialog?.showModal();
    } else {
      this.dialog?.show();
    }
    if (at instanceof HTMLElement) {
      at.focus({ preventScroll: true });
    }
    this.rest(over);
    this.fit();
  };

  /** Nothing behind the box moves under a finger; afterwards it is as the page had it. */
  private rest(over: boolean): void {
    const { style } = document.documentElement;
    if (over && this.overflow === null) {
      this.overflow = style.overflow;
      style.overflow = "hidden";
    } else if (!over && this.overflow !== null) {
      style.overflow = this.overflow;
      this.overflow = null;
    }
  }

  /** The browser closed it; it is still open when it only changed its place. */
  private readonly left = (): void => {
    if (this.dialog?.open === false) {
      this.closed();
    }
  };

  /** Where the keyboard lies over the page instead of making it smaller (iOS), the box stands in what is left. */
  private readonly fit = (): void => {
    const seen = visualViewport;
    const covered = seen !== null && seen.scale < 1.01 && seen.height < innerHeight - 1;
    this.host.style.setProperty("--_seen", covered ? `${seen.height}px` : null);
    this.host.style.setProperty("--_top", covered ? `${seen.offsetTop}px` : null);
  };
}
