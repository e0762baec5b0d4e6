import { Injectable } from '@nestjs/common';
import { Log } from '../../platform/log/log.js';
import { Clock } from '../../shared/clock.js';
import { Callbacks } from '../application/callbacks.js';
import type { Provider } from '../application/provider.js';
import type { ProviderContext } from '../application/provider-type.js';
import { ProviderCatalog } from '../application/provider-catalog.js';
import { ProviderSwitches } from '../application/provider-switches.js';
import { Routes } from '../application/routes.js';
import { TakeReports } from '../application/take-reports.js';
import { Places } from './bulkhead.js';
import { BOUNDS, GuardedProvider } from './guarded-provider.js';
import { OUTGOING_LIMITS } from './outgoing-http.js';

/** What providers ask of the process, whichever they are. */
@Injectable()
export class ProviderSurroundings {
  constructor(
    private readonly callbacks: Callbacks,
    private readonly takeReports: TakeReports,
    private readonly clock: Clock,
    readonly log: Log,
  ) {}

  contextOf(id: string): ProviderContext {
    return {
      now: () => this.clock.now(),
      isOurs: (attemptId, mac) => this.callbacks.isOurs(id, attemptId, mac),
      take: (reports) => this.takeReports.execute(reports.map((report) => ({ ...report, providerId: id }))),
      limits: OUTGOING_LIMITS,
      log: {
        info: (event, fields) => {
          this.log.info(event, { provider: id, ...fields });
        },
        warn: (event, fields) => {
          this.log.warn(event, { provider: id, ...fields });
        },
      },
    };
  }
}

/** Makes the configured providers, each behind its own breaker and bulkhead. @throws when the configuration names a type that this process does not know. */
export function makeRoutes(
  { types, config }: ProviderCatalog,
  surroundings: ProviderSurroundings,
  switches: ProviderSwitches,
): Routes {
  const entries = Object.entries(config.providers);
  const places = new Places(entries.length);
  const providers = entries.map(([id, entry]): Provider => {
    const kind = types.find(({ type }) => type === entry.type);
    if (!kind) throw new Error(`There is no type "${entry.type}" of provider.`);
    const provider = kind.create(id, entry, surroundings.contextOf(id));
    // Every schema has it as an option of its own.
    const { maxPerSecond } = entry as { maxPerSecond?: number };
    return new GuardedProvider(provider, surroundings.log, { ...BOUNDS, maxPerSecond }, places);
  });
  return new Routes(providers, config.routes, switches);
}
