// What the parts of the box need to know, and what the person can do in them.

import type { Conversation } from "../talk/conversation.js";
import type { Answer, Copied } from "../talk/protocol.js";
import type { Strings } from "../strings/index.js";

export interface View {
  talk: Conversation;
  words: Strings;
  heading: string;
  greeting: string | undefined;
  /** How to reach the clinic; blank when nobody said so. */
  contact: string;
  /** Language of the interface. */
  lang: string;
  inline: boolean;
  menu: "closed" | "open" | "forgetting";
  /** Id of the answer that was copied last. */
  copied: string | null;
  /** Page of the server that says what is kept. */
  privacy: string;

  send(text: string, choice?: string): void;
  judge(answer: Answer, helpful: boolean, reason?: string): void;
  copy(answer: Answer): void;
  print(): void;
  pdf(file: string): void;
  show(menu: View["menu"]): void;
  close(): void;
  download(what: Copied): void;
  retry(): void;
  startAgain(): void;
  forget(): void;
}
