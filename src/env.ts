import { readFileSync } from 'node:fs';
import { variables, type Values, type Variables } from './env/variables.js';
import { readPoolThreads } from './platform/hashing/pool-threads.js';
import type { TraceSettings } from './platform/tracing/trace-settings.js';

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
  for (const name of variables.keyof().options) {
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
  // Not one of the variables: libuv reads it itself, so a file that holds it would change nothing.
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

function toEnv(v: Variables, poolThreads: number): Env {
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

function tracesOf(v: Variables): TraceSettings | null {
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
