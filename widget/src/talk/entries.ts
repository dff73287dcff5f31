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
  judged?: Verdict;
}

/** What the person said of an answer; `missing`: it did not help, and they may say why. */
export type Verdict = "missing" | "done";

export interface Note {
  from: "note";
  text: string;
  /** Of no interest any more once the person goes on. */
  passing?: boolean;
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

/** The same, with what the person said of answers, by their ids. */
export function judged(all: readonly Entry[], said: ReadonlyMap<string, Verdict>): Entry[] {
  return all.map((entry) => {
    const verdict = entry.from === "assistant" ? said.get(entry.answer.id) : undefined;
    return entry.from === "assistant" && verdict ? { ...entry, judged: verdict } : entry;
  });
}

function told(answers: readonly Answer[]): Told[] {
  return answers.map((answer) => ({ from: "assistant", answer, live: true }));
}

/** The answers of the last turn. */
export function newest(all: readonly Entry[]): Told[] {
  const places = all.map((entry) => entry.from);
  return all.slice(places.lastIndexOf("patient") + 1).filter((entry): entry is Told => entry.from === "assistant");
}

/** With a greeting: behind what was answered, and before what waits. */
export function greeted(all: readonly Entry[], greeting: readonly Answer[]): Entry[] {
  return [...all.filter((each) => !isWaiting(each)), ...told(greeting), ...all.filter(isWaiting)];
}

/** With an answer, behind its question: the next one may already stand there, and wait. One that is there stays one. */
export function answered(all: readonly Entry[], answer: Answer): readonly Entry[] {
  if (all.some((entry) => entry.from === "assistant" && entry.answer.id === answer.id)) {
    return all;
  }
  const next = all.findIndex(isWaiting);
  const place = next < 0 ? all.length : next;
  return [...all.slice(0, place), ...told([answer]), ...all.slice(place)];
}

/** With a message in another state. */
export function marked(all: readonly Entry[], key: string, state: Asked["state"]): Entry[] {
  return all.map((entry) => (entry.from === "patient" && entry.key === key ? { ...entry, state } : entry));
}

/** As it stands when somebody comes back to it: nothing in it is new. */
export function rested(all: readonly Entry[]): Entry[] {
  return all.map((entry) => (entry.from === "assistant" ? { ...entry, live: false } : entry));
}

/** What the person said of answers, by their ids. */
export function verdicts(all: readonly Entry[]): ReadonlyMap<string, Verdict> {
  return new Map(
    all.flatMap((entry): [string, Verdict][] =>
      entry.from === "assistant" && entry.judged ? [[entry.answer.id, entry.judged]] : [],
    ),
  );
}

function isWaiting(entry: Entry): entry is Asked {
  return entry.from === "patient" && entry.state === "waiting";
}
