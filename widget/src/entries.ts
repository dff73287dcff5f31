// What stands in the conversation, as the page shows it.

import type { Answer, Kept, Outgoing } from "./protocol.js";

export interface Asked {
  from: "patient";
  key: string;
  text: string;
  state: "sent" | "waiting" | "failed";
}

export interface Told {
  from: "assistant";
  answer: Answer;
  helpful?: boolean;
}

export interface Note {
  from: "note";
  text: string;
}

export type Entry = Asked | Told | Note;

/** A kept conversation, and behind it what still waits to be sent. */
export function entries(kept: readonly Kept[], waiting: readonly Outgoing[]): Entry[] {
  const known = new Set(kept.map((each) => each.id));
  const resumed = kept.map((each): Entry => {
    if (each.from === "patient") {
      return { from: "patient", key: each.id, text: each.text, state: "sent" };
    }
    return { from: "assistant", answer: each };
  });
  const pending = waiting
    .filter((each) => !known.has(each.key))
    .map(({ key, text }): Entry => ({ from: "patient", key, text, state: "waiting" }));
  return [...resumed, ...pending];
}

/** The buttons that stand under the newest answers: those of the last turn. */
export function suggestions(all: readonly Entry[]): Answer["buttons"] {
  const last = all.findLastIndex((entry) => entry.from === "patient");
  return all.slice(last + 1).flatMap((entry) => (entry.from === "assistant" ? entry.answer.buttons : []));
}
