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
  /** It came just now, and did not stand there before. */
  live: boolean;
  /** What the person said of it; `missing`: it did not help, and they may say why. */
  judged?: "missing" | "done";
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
    return { from: "assistant", answer: each, live: false };
  });
  const pending = waiting
    .filter((each) => !known.has(each.key))
    .map(({ key, text }): Entry => ({ from: "patient", key, text, state: "waiting" }));
  return [...resumed, ...pending];
}

/** Answers as entries. */
export function told(answers: readonly Answer[]): Told[] {
  return answers.map((answer) => ({ from: "assistant", answer, live: true }));
}

/** The answers of the last turn. */
export function newest(all: readonly Entry[]): Told[] {
  const places = all.map((entry) => entry.from);
  return all.slice(places.lastIndexOf("patient") + 1).filter((entry): entry is Told => entry.from === "assistant");
}
