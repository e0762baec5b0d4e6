import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { MOST_THREADS, readPoolThreads, SPARE_THREADS } from './platform/hashing/pool-threads.js';
import { parseTrustedProxies } from './platform/http/trusted-proxies.js';
import { parseSecrets } from './platform/keyring/secrets.js';
import { parseRedisUrl } from './platform/redis/redis-url.js';
import { parseOtlpHeaders, type TraceSettings } from './platform/tracing/trace-settings.js';

/** Everything the environment decides, validated. This file is the only reader of `process.env`. */
export interface Env {
  production: boolean;
  /** No Redis and no Postgres were named: the process brings its own. */
  embedded: boolean;
  port: number;
  host: string;
  /** Where providers reach us for delivery reports, without a trailing slash; undefined means `http://localhost:<port>`. */
  publicUrl: string | undefined;
  dataDir: string;
  configFile: string | undefined;
  redisUrl: string | undefined;
  databaseUrl: string | undefined;
  /** Checked, for `parseSecrets`; undefined when none are given, which only the embedded mode may: its folder keeps them. */
  secrets: string | undefined;
  role: 'all' | 'api' | 'worker';
  hashCost: 'short-lived' | 'owasp';
  /** Hashes at once; undefined: as many as cores and threads allow. */
  hashConcurrency: number | undefined;
  /** Threads of libuv's pool, in which hashes run beside DNS and files. */
  poolThreads: number;
  /** Addresses or CIDR ranges whose `X-Forwarded-For` is believed. Empty: the socket's address counts. */
  trustedProxies: string[];
  logLevel: string;
  /** What Prometheus must bring to be shown `/metrics`; undefined: nothing outside production, where it is then not served. */
  metricsToken: string | undefined;
  /** Where traces go; null: there are none. */
  traces: TraceSettings | null;
}

/** What reading the configuration file takes from the environment; known even when the rest has problems. */
export interface ConfigSource {
  production: boolean;
  configFile: string | undefined;
  /** Looks up `${NAME}`; `NAME_FILE` is a path whose content is the value. */
  variable: (name: string) => string | undefined;
}

const NAMES = [
  'NODE_ENV',
  'PORT',
  'HOST',
  'PUBLIC_URL',
  'DATA_DIR',
  'CONFIG_FILE',
  'REDIS_URL',
  'DATABASE_URL',
  'SECRETS',
  'ROLE',
  'HASH_COST',
  'HASH_CONCURRENCY',
  'TRUSTED_PROXIES',
  'LOG_LEVEL',
  'METRICS_TOKEN',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_SERVICE_NAME',
  'OTEL_TRACES_SAMPLER_ARG',
] as const;

type Values = Partial<Record<(typeof NAMES)[number], string | undefined>>;

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

const variables = z.object({
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

/**
 * Reads and checks the environment; each name may also be given as `NAME_FILE`, a path whose content is the value.
 *
 * @returns the environment and every problem found in it, so that all can be told at once; with problems, no environment.
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env): {
  env: Env | null;
  problems: string[];
  configSource: ConfigSource;
} {
  const problems: string[] = [];
  const values: Values = {};
  for (const name of NAMES) {
    values[name] = readValue(source, name, problems) || undefined;
  }
  const configSource = {
    production: values.NODE_ENV === 'production',
    configFile: values.CONFIG_FILE,
    variable: (name: string) => readValue(source, name, problems),
  };
  const parsed = variables.safeParse(values);
  if (!parsed.success)
    problems.push(...parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
  problems.push(...inconsistencies(values));
  // Not one of NAMES: libuv reads it itself, so a file that holds it would change nothing.
  const threads = readPoolThreads(source['UV_THREADPOOL_SIZE'], parsed.data?.HASH_CONCURRENCY);
  problems.push(...threads.problems);
  const env = parsed.success && problems.length === 0 ? toEnv(parsed.data, threads.poolThreads) : null;
  return { env, problems, configSource };
}

function readValue(source: NodeJS.ProcessEnv, name: string, problems: string[]): string | undefined {
  const file = source[`${name}_FILE`];
  if (!file) return source[name];
  if (source[name]) problems.push(`${name}: set either ${name} or ${name}_FILE, not both`);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    problems.push(`${name}_FILE: the file can not be read`);
    return undefined;
  }
}

function toEnv(v: z.output<typeof variables>, poolThreads: number): Env {
  const production = v.NODE_ENV === 'production';
  return {
    production,
    embedded: isEmbedded(v),
    port: v.PORT,
    host: v.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
    publicUrl: v.PUBLIC_URL,
    dataDir: v.DATA_DIR,
    configFile: v.CONFIG_FILE,
    redisUrl: v.REDIS_URL,
    databaseUrl: v.DATABASE_URL,
    secrets: v.SECRETS,
    role: v.ROLE,
    hashCost: v.HASH_COST,
    hashConcurrency: v.HASH_CONCURRENCY,
    poolThreads,
    trustedProxies: v.TRUSTED_PROXIES,
    logLevel: v.LOG_LEVEL,
    metricsToken: v.METRICS_TOKEN,
    traces: tracesOf(v),
  };
}

function tracesOf(v: z.output<typeof variables>): TraceSettings | null {
  const endpoint = v.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return null;
  const headers = v.OTEL_EXPORTER_OTLP_HEADERS;
  return { endpoint, headers, serviceName: v.OTEL_SERVICE_NAME, ratio: v.OTEL_TRACES_SAMPLER_ARG };
}

const isEmbedded = (v: Pick<Values, 'NODE_ENV' | 'REDIS_URL' | 'DATABASE_URL'>) =>
  v.NODE_ENV !== 'production' && !v.REDIS_URL && !v.DATABASE_URL;

/** What is right by itself and wrong together. */
function inconsistencies(values: Values): string[] {
  if (isEmbedded(values)) {
    const alone = (values.ROLE ?? 'all') === 'all';
    return alone ? [] : ['ROLE: must be all without REDIS_URL and DATABASE_URL, which the processes would share'];
  }
  const production = values.NODE_ENV === 'production';
  const mode = production ? 'NODE_ENV=production' : 'REDIS_URL or DATABASE_URL; without both everything is embedded';
  const needed = ['REDIS_URL', 'DATABASE_URL', 'SECRETS', ...(production ? (['PUBLIC_URL'] as const) : [])] as const;
  return needed.filter((name) => !values[name]).map((name) => `${name}: must be set with ${mode}`);
}

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
