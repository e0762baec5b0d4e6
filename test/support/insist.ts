import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from './service.js';

/** Asks again while nobody answers, or nobody can: processes die and stores go away meanwhile. */
export async function insist<Given extends { status: number }>(
  someService: () => Service,
  call: (at: Service) => Promise<Given>,
): Promise<Given> {
  for (;;) {
    const answer = await call(someService()).catch(() => null);
    if (answer !== null && answer.status !== 503) return answer;
    await sleep(50);
  }
}
