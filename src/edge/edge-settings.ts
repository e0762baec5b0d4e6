import { z } from 'zod';
import { parseRate, rateText } from '../shared/rate.js';
import { DEFAULT_CEILINGS, type Ceiling, type Ceilings } from '../platform/http/edge-throttle/edge-ceilings.js';

/** What a ceiling may be: who turns one too far must still be able to work, and a window is an entry in memory for its length. */
interface Rails {
  /** Requests per second, spread over the window, that it must let through. */
  leastPerSecond: number;
  longestSeconds: number;
}

const MOST = 1_000_000;

const rate = ({ leastPerSecond, longestSeconds }: Rails) =>
  z
    .string()
    .refine((text) => parseRate(text) !== null, { error: 'is not a rate like 10000/10s' })
    .refine((text) => within(text, ({ windowSeconds }) => windowSeconds >= 1 && windowSeconds <= longestSeconds), {
      error: `has a window outside 1 s to ${String(longestSeconds)} s`,
    })
    .refine((text) => within(text, ({ max, windowSeconds }) => max >= leastPerSecond * windowSeconds), {
      error: `lets less than ${String(leastPerSecond)} a second through`,
    })
    .refine((text) => within(text, ({ max }) => max >= 1 && max <= MOST), { error: `is not 1 to ${String(MOST)}` })
    .optional();

/** What is not a rate at all has been told so. */
function within(text: string, holds: (ceiling: Ceiling) => boolean): boolean {
  const parsed = parseRate(text);
  return parsed === null || holds(parsed);
}

/** What is absent has its default. */
export const edgeSettingsSchema = z
  .strictObject({
    perAddress: rate({ leastPerSecond: 10, longestSeconds: 60 }).meta({
      description: 'Requests from one address (IPv6: one /64). Default 10000/10s',
    }),
    perKey: rate({ leastPerSecond: 10, longestSeconds: 60 }).meta({
      description: 'Requests with one API key. Default 10000/10s',
    }),
    perFailedLogin: rate({ leastPerSecond: 0, longestSeconds: 3_600 }).meta({
      description: 'Requests with invalid API keys from one address. Default 60/1m',
    }),
  })
  .meta({ id: 'EdgeSettings', example: { perAddress: '2000/10s', perFailedLogin: '20/1m' } });
export type EdgeSettings = z.output<typeof edgeSettingsSchema>;

/** Every gap filled. */
export function ceilingsOf(settings: EdgeSettings): Ceilings {
  const { perAddress, perKey, perFailedLogin } = DEFAULT_CEILINGS;
  return {
    perAddress: read(settings.perAddress) ?? perAddress,
    perKey: read(settings.perKey) ?? perKey,
    perFailedLogin: read(settings.perFailedLogin) ?? perFailedLogin,
  };
}

const read = (text: string | undefined) => (text === undefined ? null : parseRate(text));

/** Ceilings as people write them. */
export const written = ({ perAddress, perKey, perFailedLogin }: Ceilings): Record<keyof EdgeSettings, string> => ({
  perAddress: rateText(perAddress),
  perKey: rateText(perKey),
  perFailedLogin: rateText(perFailedLogin),
});

/** Whether any of them lets more through than before. */
export const isWeaker = (before: Ceilings, after: Ceilings): boolean =>
  (['perAddress', 'perKey', 'perFailedLogin'] as const).some(
    (name) => perSecond(after[name]) > perSecond(before[name]),
  );

const perSecond = ({ max, windowSeconds }: Ceiling) => max / windowSeconds;
