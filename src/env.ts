import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';

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
  secrets: string | undefined;
  role: 'all' | 'api' | 'worker';
  hashCost: 'short-lived' | 'owasp';
  /** Addresses or CIDR ranges whose `X-Forwarded-For` is believed. Empty: the socket's address counts. */
  trustedProxies: string[];
  logLevel: string;
  /** Looks up a variable for `${NAME}` in the configuration file. */
  variable: (name: string) => string | undefined;
}

const NAMES = [
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
  'TRUSTED_PROXIES',
  'LOG_LEVEL',
] as const;

const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be a URL that starts with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  });

const variables = z.object({
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65_535).default(3000),
  HOST: z.string().optional(),
  PUBLIC_URL: url('http:', 'https:')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  DATA_DIR: z.string().default('./data'),
  CONFIG_FILE: z.string().optional(),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  SECRETS: z.string().optional(),
  ROLE: z.enum(['all', 'api', 'worker']).default('all'),
  HASH_COST: z.enum(['short-lived', 'owasp']).default('short-lived'),
  TRUSTED_PROXIES: z.string().default('').transform(toRanges),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/**
 * Reads and checks the environment; each name may also be given as `NAME_FILE`, a path whose content is the value.
 *
 * @returns the environment and every problem found in it, so that all can be told at once; with problems, no environment.
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env): { env: Env | null; problems: string[] } {
  const problems: string[] = [];
  const values: Record<string, string> = {};
  for (const name of NAMES) {
    const value = readValue(source, name, problems);
    if (value !== undefined && value !== '') values[name] = value;
  }
  const parsed = variables.safeParse(values);
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
    return { env: null, problems };
  }
  const v = parsed.data;
  const production = source['NODE_ENV'] === 'production';
  const embedded = !production && !v.REDIS_URL && !v.DATABASE_URL;
  problems.push(...missing(v, production, embedded));
  const env: Env = {
    production,
    embedded,
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
    trustedProxies: v.TRUSTED_PROXIES,
    logLevel: v.LOG_LEVEL,
    variable: (name) => source[name],
  };
  return problems.length > 0 ? { env: null, problems } : { env, problems };
}

function readValue(source: NodeJS.ProcessEnv, name: string, problems: string[]): string | undefined {
  const file = source[`${name}_FILE`];
  if (file === undefined) return source[name];
  if (source[name] !== undefined) problems.push(`${name}: set either ${name} or ${name}_FILE, not both`);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    problems.push(`${name}_FILE: the file can not be read`);
    return undefined;
  }
}

function missing(v: z.output<typeof variables>, production: boolean, embedded: boolean): string[] {
  if (embedded) return [];
  const mode = production ? 'production' : 'REDIS_URL or DATABASE_URL (without them everything is embedded)';
  const needed = production
    ? (['REDIS_URL', 'DATABASE_URL', 'SECRETS', 'PUBLIC_URL'] as const)
    : (['REDIS_URL', 'DATABASE_URL', 'SECRETS'] as const);
  return needed.filter((name) => !v[name]).map((name) => `${name}: must be set with ${mode}`);
}

/** R41: only explicit addresses and ranges; `true`, `*` or "everyone" would let any caller choose its own address. */
function toRanges(text: string, context: z.RefinementCtx): string[] {
  const ranges = text.split(',').flatMap((part) => part.trim() || []);
  for (const range of ranges) {
    const [address = '', bits = '1', ...rest] = range.split('/');
    const widest = isIP(address) === 4 ? 32 : 128;
    if (isIP(address) === 0 || rest.length > 0 || !/^\d{1,3}$/.test(bits) || Number(bits) < 1 || Number(bits) > widest)
      context.addIssue(`"${range}" is not an address or a CIDR range; list your proxies, for example 10.0.0.0/8`);
  }
  return ranges;
}
