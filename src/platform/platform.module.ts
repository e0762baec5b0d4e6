import { Global, Module, type DynamicModule, type FactoryProvider, type ValueProvider } from '@nestjs/common';
import { availableParallelism } from 'node:os';
import { Clock } from '../shared/clock.js';
import { Random } from '../shared/random.js';
import { HashQueue } from './hashing/hash-queue.js';
import { hashConcurrency } from './hashing/pool-threads.js';
import { HealthController } from './http/health.controller.js';
import { Keyring } from './keyring/keyring.js';
import { LiveValues } from './live/live-values.js';
import { Log } from './log/log.js';
import { Database } from './postgres/database.js';
import { LedgerClock } from './postgres/ledger-clock.js';
import { RedisConnection } from './redis/connection.js';
import { Rounds } from './rounds.js';
import { Runtime } from './runtime.js';
import { SystemClock } from './system-clock.js';
import { SystemRandom } from './system-random.js';

/** What must be open before the application is built. Without Redis the process is embedded. */
export interface PlatformParts {
  runtime: Runtime;
  log: Log;
  keyring: Keyring;
  database: Database;
  redis: RedisConnection | null;
  /** Tests shift it; the system's otherwise. */
  clock?: Clock;
}

/** Hashes waiting for each that runs, before new checks are refused. */
const WAITING_PER_RUNNING = 4;

/** The plumbing every feature may use, made once by whoever starts the process. */
@Global()
@Module({ controllers: [HealthController] })
export class PlatformModule {
  static over(parts: PlatformParts): DynamicModule {
    const { hashConcurrency: wanted, poolThreads: threads } = parts.runtime.env;
    const atOnce = hashConcurrency({ cores: availableParallelism(), threads, wanted });
    const clock = parts.clock ?? new SystemClock();
    const providers: (ValueProvider | FactoryProvider)[] = [
      { provide: Runtime, useValue: parts.runtime },
      { provide: Log, useValue: parts.log },
      { provide: Keyring, useValue: parts.keyring },
      { provide: Database, useValue: parts.database },
      { provide: Clock, useValue: clock },
      { provide: LedgerClock, useValue: new LedgerClock(parts.database, clock) },
      { provide: Random, useValue: new SystemRandom() },
      { provide: LiveValues, useValue: new LiveValues(parts.database, parts.redis, parts.log) },
      { provide: Rounds, useValue: new Rounds(parts.runtime, parts.log) },
      { provide: HashQueue, useValue: new HashQueue(atOnce, WAITING_PER_RUNNING * atOnce) },
      ...(parts.redis ? [{ provide: RedisConnection, useValue: parts.redis }] : []),
    ];
    return { module: PlatformModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}
