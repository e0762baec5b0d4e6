import { z } from 'zod';
import { MOST_THREADS, SPARE_THREADS } from '../platform/hashing/pool-threads.js';
import { parseTrustedProxies } from '../platform/http/trusted-proxies.js';
import { parseSecrets } from '../platform/keyring/secrets.js';
import { parseRedisUrl } from '../platform/redis/redis-url.js';
import { parseOtlpHeaders } from '../platform/tracing/trace-settings.js';

const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  });

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .refine((text) => /^\d{1,4}$/.test(text) && Number(text) >= from && Number(text) <= to, {
      error: `must be a whole number from ${String(from)} to ${String(to)}`,
    })
    .transform(Number);

/** Every variable that the service reads, each by itself; what is wrong together is not known here. */
export const variables = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'], { error: 'must be production, development, test or not set' })
    .optional(),
  PORT: z
    .string()
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, { error: 'must be a port number' })
    .default('3000')
    .transform(Number),
  HOST: z.string().optional(),
  PUBLIC_URL: url('http:', 'https:')
    .refine((text) => !/[?#@]/.test(text), { error: 'must have no user, query or fragment' })
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  DATA_DIR: z.string().default('./data'),
  CONFIG_FILE: z.string().optional(),
  REDIS_URL: z.string().superRefine(checkRedisUrl).optional(),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  SECRETS: z.string().superRefine(checkSecrets).optional(),
  ROLE: z.enum(['all', 'api', 'worker']).default('all'),
  HASH_COST: z.enum(['short-lived', 'owasp']).default('short-lived'),
  HASH_CONCURRENCY: wholeNumber(1, MOST_THREADS - SPARE_THREADS).optional(),
  TRUSTED_PROXIES: z.string().default('').transform(toRanges),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  METRICS_TOKEN: z
    .string()
    .regex(/^[!-~]{16,}$/, { error: 'must be at least 16 visible ASCII characters' })
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url('http:', 'https:').optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().default('').transform(toHeaders),
  OTEL_SERVICE_NAME: z.string().default('einmal'),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(0(\.\d+)?|1(\.0+)?)$/, { error: 'must be a share from 0 to 1' })
    .default('1')
    .transform(Number),
});

/** What they are once they are understood. */
export type Variables = z.output<typeof variables>;

/** Before that: what the environment or a file says, by name. */
export type Values = Partial<Record<keyof Variables, string | undefined>>;

function checkRedisUrl(text: string, context: z.RefinementCtx): void {
  const parsed = parseRedisUrl(text);
  if (!parsed.target) context.addIssue(parsed.problem);
}

function checkSecrets(text: string, context: z.RefinementCtx): void {
  for (const problem of parseSecrets(text).problems) context.addIssue(problem);
}

function toRanges(text: string, context: z.RefinementCtx): string[] {
  const { ranges, problems } = parseTrustedProxies(text);
  for (const problem of problems) context.addIssue(problem);
  return ranges;
}

function toHeaders(text: string, context: z.RefinementCtx): Record<string, string> {
  const headers = parseOtlpHeaders(text);
  if (!headers) context.addIssue('must be name=value, percent-encoded, several separated by commas');
  return headers ?? {};
}
