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

export interface Line {
  text: string;
  lang: string;
}

/** A page to print, which the server has: its heading, and the name of its PDF. */
export interface Sheet {
  title: string;
  file: string;
}

/** A file that the server has. */
export interface Table {
  name: string;
}

/** One message of the assistant. `lines`: of a text that is in several languages. */
export interface Answer {
  id: string;
  text: string;
  lang: string;
  lines?: Line[];
  buttons: Button[];
  sources: Source[];
  contacts: Contact[];
  images: Picture[];
  urgent: boolean;
  sheet?: Sheet | null;
  file?: Table | null;
}

/** A conversation that just began. `seconds`: how long its token is good for. */
export interface Begun {
  token: string;
  seconds: number;
  messages: Answer[];
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

/**
 * What stands beneath the conversation at any time. `clinic`: how to reach it, blank when nobody said so. `change`: the
 * button that asks for another country.
 */
export interface Numbers {
  country: string | null;
  guessed: boolean;
  contacts: Contact[];
  clinic: string;
  change: Button | null;
}

/** What can be saved of a conversation: its words, everything that is kept, or the diary as a table. */
export type Copied = "transcript" | "export" | "diary";
