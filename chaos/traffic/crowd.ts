import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Seeded } from '../seeded.js';
import type { Habit } from './habit.js';
import { HABITS } from './habits.js';
import { Login, type Surroundings } from './login.js';
import { personOf } from './people.js';

/** People who come at a steady rate, each with a habit of its own. */
export class Crowd {
  private readonly people = new Set<Promise<void>>();
  private readonly over = new AbortController();
  private came = 0;
  private arriving: Promise<void> = Promise.resolve();

  constructor(
    private readonly around: Omit<Surroundings, 'over'>,
    private readonly random: Seeded,
  ) {}

  get size(): number {
    return this.came;
  }

  /** @param perSecond how many people come; the pauses between them are the seed's. */
  start(perSecond: number): void {
    // Everybody who waits for something listens for the end.
    setMaxListeners(0, this.over.signal);
    this.arriving = this.arrive(1_000 / perSecond);
  }

  /** Nobody comes any more; those who are there finish, without waiting for messages much longer. */
  async finish(): Promise<void> {
    this.over.abort();
    await this.arriving;
    await Promise.all(this.people);
  }

  private async arrive(everyMs: number): Promise<void> {
    const pauses = this.random.of('arrivals');
    while (!this.over.signal.aborted) {
      this.come((this.came += 1));
      await sleep(everyMs * (0.5 + pauses.next()), undefined, { signal: this.over.signal }).catch(() => undefined);
    }
  }

  private come(number: number): void {
    const person = personOf(number, this.random, this.around.tenants);
    const login = new Login(person, { ...this.around, over: this.over.signal });
    const { go } = (HABITS as Record<string, Habit>)[person.habit] ?? HABITS['logs in'];
    const visit = go(login).finally(() => this.people.delete(visit));
    this.people.add(visit);
  }
}
