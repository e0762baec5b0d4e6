import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { LiveValues, type Live } from '../../platform/live/live-values.js';
import { Log } from '../../platform/log/log.js';
import { Database } from '../../platform/postgres/database.js';
import { observe, observed } from '../../shared/observations.js';
import { ProviderCatalog } from '../application/provider-catalog.js';
import { ProviderSwitches } from '../application/provider-switches.js';

/** What LiveValues calls them. */
export const SWITCHES_TOPIC = 'provider-switches';

/** How long each is still off is asked of Postgres, so that no node's clock makes it longer or shorter. */
const OFF = `
  SELECT provider_id AS "providerId", extract(epoch FROM until - now())::float8 * 1000 AS "endsInMs"
  FROM provider_switches WHERE NOT enabled AND (until IS NULL OR until > now())`;

/** setTimeout knows no longer one; the next reading sets it anew. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** When each provider that is off is on again by itself, as `performance.now()` counts; Infinity: not by itself. */
type Off = ReadonlyMap<string, number>;

/** Which providers are off, in this process's memory. */
@Injectable()
export class LiveProviderSwitches
  extends ProviderSwitches
  implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown
{
  private live: Live<Off> = { now: new Map() };
  private told = new Map<string, boolean>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly values: LiveValues,
    private readonly catalog: ProviderCatalog,
    private readonly log: Log,
  ) {
    super();
  }

  async onModuleInit(): Promise<void> {
    this.live = await this.values.keep(SWITCHES_TOPIC, () => this.read());
  }

  /** Whoever counts has begun to watch by now. */
  onApplicationBootstrap(): void {
    this.tell();
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
  }

  isOn(providerId: string): boolean {
    const endsAt = this.live.now.get(providerId);
    return endsAt === undefined || performance.now() >= endsAt;
  }

  private async read(): Promise<Off> {
    const readAt = performance.now();
    const rows = await this.database.query<{ providerId: string; endsInMs: number | null }>(OFF);
    setImmediate(() => {
      this.tell();
    });
    return new Map(rows.map(({ providerId, endsInMs }) => [providerId, readAt + (endsInMs ?? Infinity)]));
  }

  /** Tells what holds now, and once more when the next one is on again by itself. */
  private tell(): void {
    for (const provider of Object.keys(this.catalog.config.providers)) {
      const enabled = this.isOn(provider);
      if ((this.told.get(provider) ?? true) !== enabled) this.log.warn('provider.switched', { provider, enabled });
      this.told.set(provider, enabled);
      if (observed()) observe({ kind: 'provider-switched', provider, enabled });
    }
    clearTimeout(this.timer);
    const inMs = Math.min(
      ...[...this.live.now.values()].map((endsAt) => endsAt - performance.now()).filter((ms) => ms > 0),
    );
    if (inMs === Infinity) return;
    const later = () => {
      this.tell();
    };
    this.timer = setTimeout(later, Math.min(inMs + 1, LONGEST_TIMER_MS)).unref();
  }
}
