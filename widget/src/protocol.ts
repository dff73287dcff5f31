// The server's JSON, as /webhooks/web/openapi.yml describes it.

export interface Button {
  title: string;
  choice: string;
}

export interface Source {
  id: string;
  title: string;
  journal: string | null;
  year: number | null;
  url: string | null;
}

export interface Contact {
  say: string;
  href: string;
}

export interface Picture {
  svg: string;
  alt: string;
}

/** One message of the assistant. */
export interface Answer {
  id: string;
  text: string;
  buttons: Button[];
  sources: Source[];
  contacts: Contact[];
  images: Picture[];
  urgent: boolean;
}

/** One message of the patient. */
export interface Said {
  id: string;
  text: string;
}

export type Kept = ({ from: "patient" } & Said) | ({ from: "assistant" } & Answer);

/** What is sent: typed text, or a button with its title. */
export interface Outgoing {
  key: string;
  text: string;
  choice?: string;
}
