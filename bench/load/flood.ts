import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, type Answer } from './connection.js';

const TICK_MS = 5;

/** One answer of a flood, and how long it took. */
export interface Timed extends Answer {
  ms: number;
}

/**
 * Requests at a steady rate, whether or not earlier ones were answered: people do not wait for each other. Each goes out on
 * whichever connection is free; when none is, one more is opened.
 */
export async function flood(
  { port, perSecond, ms }: { port: number; perSecond: number; ms: number },
  ask: (connection: Connection) => Promise<Answer>,
): Promise<Timed[]> {
  const free: Connection[] = [];
  const opened: Connection[] = [];
  const answers: Promise<Timed>[] = [];
  const start = performance.now();
  for (let passed = 0; passed < ms; passed = performance.now() - start) {
    while (answers.length < (passed * perSecond) / 1_000) answers.push(handled(once()));
    await sleep(TICK_MS);
  }
  try {
    return await Promise.all(answers);
  } finally {
    for (const connection of opened) connection.close();
  }

  async function once(): Promise<Timed> {
    const connection = free.pop() ?? (await open());
    const askedAt = performance.now();
    const answer = await ask(connection);
    free.push(connection);
    return { ...answer, ms: performance.now() - askedAt };
  }

  async function open(): Promise<Connection> {
    const connection = await Connection.open(
      port,
      `127.1.${String(opened.length >> 7)}.${String(1 + (opened.length & 127))}`,
    );
    opened.push(connection);
    return connection;
  }
}

/** Nobody awaits an answer before the flood is over; until then its failure must not end the process. */
function handled<T>(answer: Promise<T>): Promise<T> {
  answer.catch(() => undefined);
  return answer;
}
