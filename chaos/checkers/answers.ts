import type { AnswerBody, Call } from '../history/conversations.js';

/** A call that was answered, with its answer at hand. */
export interface Heard {
  call: Call;
  status: number;
  body: AnswerBody;
}

/** What was answered to calls of one kind, in the order in which they were sent. */
export function heard(calls: Call[], kind: Call['kind']): Heard[] {
  return calls.flatMap((call) => {
    const { answer } = call;
    if (call.kind !== kind || answer.kind === 'none') return [];
    return [{ call, status: answer.status, body: answer.body }];
  });
}

/** Checks that told the client to let the person in. */
export const approvals = (calls: Call[]): Heard[] => heard(calls, 'check').filter(({ status }) => status === 200);

/** Guesses that were compared and wrong; a replay of one answer under its idempotency key is the same guess. */
export function wrongGuesses(calls: Call[]): Heard[] {
  const replayed = new Set<string>();
  return heard(calls, 'check').filter(({ call, body }) => {
    if (body.code !== 'wrong-code') return false;
    if (call.idempotencyKey === null) return true;
    const name = `${call.verificationId ?? ''} ${call.idempotencyKey}`;
    return !replayed.has(name) && replayed.add(name);
  });
}

/** The things that have the same name, by that name. */
export function groupedBy<T>(things: T[], nameOf: (thing: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const name = nameOf(thing);
    if (name === null) continue;
    const group = groups.get(name);
    if (group) group.push(thing);
    else groups.set(name, [thing]);
  }
  return groups;
}
