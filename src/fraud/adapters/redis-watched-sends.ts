import type { Clock } from '../../shared/clock.js';
import type { RedisConnection } from '../../platform/redis/connection.js';
import type { ScriptReply } from '../../platform/redis/script.js';
import { WatchedSends, type SendFinding, type WatchedNumber, type WatchedSend } from '../application/ports.js';
import { GOOD_PROBES, MOST_OF_ONE_PLACE, nameOf, placeOf, type Trip, PROBES } from '../domain/breaker.js';
import { burstOf, MOST_NUMBERS, NUMBERS_WINDOW_MS, REMEMBERED_MS } from '../domain/numbers-window.js';
import { breakerText } from './breaker-text.js';
import { FraudKeys } from './fraud-keys.js';
import { approveSend, judgeSend, lookAtSend, undoSend, watchNumber } from './fraud-scripts.js';

/** The end of an id tells it apart from the others of its number, and takes a third of the memory. */
const endOf = (id: string) => id.slice(-8);

export class RedisWatchedSends extends WatchedSends {
  constructor(
    private readonly redis: RedisConnection,
    private readonly clock: Clock,
  ) {
    super();
  }

  async look(send: WatchedSend): Promise<Omit<SendFinding, 'tripped'>> {
    const { number, breakers, deliveryId, verificationId } = send;
    const keys = this.keysOf(send);
    const names = [keys.verification(verificationId), keys.longer, keys.block(number?.block ?? '')];
    const args = [this.clock.offsetMs, endOf(deliveryId), endOf(verificationId), send.codeLifeMs, PROBES];
    const reply = await lookAtSend.run(
      this.redis,
      [...names, ...breakers.map(({ name }) => keys.breaker(name))],
      [...args, number?.name ?? '', ...breakers.map(breakerText)],
    );
    const [longerForMs = 0, ...waits] = numbersIn(reply);
    const open = breakers.map(({ name }, i) => ({ name, waitMs: waits[i] ?? 0 })).filter(({ waitMs }) => waitMs > 0);
    return { open, longerForMs };
  }

  /** Two scripts in one trip: what the first finds in the number, the second already sees. */
  async judge(send: WatchedSend): Promise<SendFinding> {
    const [numbers, judged] = await Promise.all([this.watch(send), this.askBreakers(send)]);
    const [now = 0, longerForMs = 0, ...told] = judged;
    const found = send.breakers.map(({ name, blockMs }, i) => {
      const [waitMs = 0, trips = 0, counted = 0, good = 0] = told.slice(4 * i, 4 * i + 4);
      return { name, blockMs, waitMs, trips: trips === 1, counted, good };
    });
    const tripped = found.filter(({ trips }) => trips).map((trip) => tripAt(now, trip));
    return { open: found.filter(({ waitMs }) => waitMs > 0), tripped: [...numbers, ...tripped], longerForMs };
  }

  async undo(send: WatchedSend): Promise<void> {
    const { number, breakers, deliveryId } = send;
    const keys = this.keysOf(send);
    const names = [keys.verification(send.verificationId), keys.block(number?.block ?? '')];
    const args = [endOf(deliveryId), endOf(send.verificationId), number?.name ?? '', ...breakers.map(breakerText)];
    await undoSend.run(this.redis, [...names, ...breakers.map(({ name }) => keys.breaker(name))], args);
  }

  async approved(send: WatchedSend): Promise<string[]> {
    const { number, breakers, codeLifeMs } = send;
    const keys = this.keysOf(send);
    const names = [keys.verification(send.verificationId), keys.trips, keys.block(number?.block ?? '')];
    const spoken = codeLifeMs + NUMBERS_WINDOW_MS;
    const args = [this.clock.offsetMs, endOf(send.verificationId), GOOD_PROBES, number?.name ?? '', spoken];
    const cleared = await approveSend.run(
      this.redis,
      [...names, ...breakers.map(({ name }) => keys.breaker(name))],
      [...args, ...breakers.map(breakerText)],
    );
    return cleared as string[];
  }

  private async askBreakers(send: WatchedSend): Promise<number[]> {
    const keys = this.keysOf(send);
    const block = keys.block(send.number?.block ?? '');
    const names = [keys.verification(send.verificationId), keys.trips, keys.longer, block];
    const life = [send.codeLifeMs, REMEMBERED_MS, PROBES];
    const args = [
      this.clock.offsetMs,
      endOf(send.deliveryId),
      endOf(send.verificationId),
      ...life,
      send.number?.name ?? '',
      MOST_OF_ONE_PLACE,
    ];
    return numbersIn(
      await judgeSend.run(
        this.redis,
        [...names, ...send.breakers.map(({ name }) => keys.breaker(name))],
        [...args, ...send.breakers.map(breakerText)],
      ),
    );
  }

  private async watch(send: WatchedSend): Promise<Trip[]> {
    const { number } = send;
    if (!number) return [];
    const keys = this.keysOf(send);
    const { network } = number;
    const places = network === null ? [number.block] : [number.block, placeOf(number.block, network)];
    const breakers = places.flatMap((place) => [nameOf('pumping-sequence', place), nameOf('pumping-block', place)]);
    const names = [keys.block(number.block), keys.trips, ...breakers.map((name) => keys.breaker(name))];
    const args = [this.clock.offsetMs, endOf(send.deliveryId), endOf(send.verificationId), send.codeLifeMs];
    const reply = await watchNumber.run(this.redis, names, [
      ...[...args, NUMBERS_WINDOW_MS, MOST_NUMBERS, ...rulesFor(number)],
      ...[network ?? '', number.name, ...number.neighbours],
    ]);
    const [now = 0, bySequence = 0, near = 0, bySpread = 0, held = 0] = numbersIn(reply);
    const found = [
      { detector: 'pumping-sequence', counted: near, reach: bySequence, blockSeconds: number.sequence?.blockSeconds },
      { detector: 'pumping-block', counted: held, reach: bySpread, blockSeconds: number.spread?.blockSeconds },
    ] as const;
    return found
      .filter(({ reach }) => reach > 0)
      .map(({ detector, counted, reach, blockSeconds = 0 }) => {
        const name = nameOf(detector, reach === 1 ? placeOf(number.block, network ?? '') : number.block);
        return tripAt(now, { name, counted, good: 0, blockMs: blockSeconds * 1_000 });
      });
  }

  private keysOf({ applicationId }: WatchedSend): FraudKeys {
    return new FraudKeys(this.redis.prefix, applicationId);
  }
}

/** What trips a block, as watch-number.lua reads it; an empty text for what is off. */
function rulesFor({ block, sequence, spread }: WatchedNumber): [string, string] {
  return [
    sequence &&
      ruleText('pumping-sequence', block, { least: sequence.neighbours, blockSeconds: sequence.blockSeconds }),
    spread &&
      ruleText('pumping-block', block, {
        ...{ least: spread.numbers, burst: burstOf(spread.numbers), blockSeconds: spread.blockSeconds },
      }),
  ].map((text) => text ?? '') as [string, string];
}

function ruleText(
  detector: 'pumping-sequence' | 'pumping-block',
  place: string,
  { blockSeconds, ...evidence }: { least: number; burst?: number; blockSeconds: number },
): string {
  return JSON.stringify({ name: nameOf(detector, place), block: blockSeconds * 1_000, ...evidence });
}

type Tripped = Pick<Trip, 'name' | 'counted' | 'good'> & { blockMs: number };

const tripAt = (since: number, { name, counted, good, blockMs }: Tripped): Trip => ({
  ...{ name, counted, good, since },
  until: since + blockMs,
});

const numbersIn = (reply: ScriptReply): number[] => (Array.isArray(reply) ? reply.map(Number) : []);
