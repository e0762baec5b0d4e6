import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { loadConfig } from '../../src/config.js';
import type { ProviderType } from '../../src/delivery/application/provider-type.js';
import { CHANNELS } from '../../src/shared/channel.js';

const type = (name: string, schema: ProviderType['schema']): ProviderType => ({
  type: name,
  schema,
  create: () => {
    throw new Error('not needed here');
  },
});

/** Kinds of providers as a configuration file may name them, none of which can send. */
export const TYPES = [
  type('sandbox', z.strictObject({ type: z.literal('sandbox'), channel: z.enum(CHANNELS) })),
  type(
    'kannel',
    z.strictObject({
      type: z.literal('kannel'),
      channel: z.literal('sms'),
      url: z.url(),
      password: z.string().min(1),
      validityMinutes: z.int().default(5),
    }),
  ),
  type(
    'many',
    z.strictObject({
      type: z.literal('many'),
      channel: z.literal('sms'),
      url: z.url({ error: 'must be an http or https URL' }),
      port: z.int(),
      secure: z.boolean(),
      mode: z.enum(['fast', 'cheap']),
      hosts: z.array(z.string()),
      meaning: z
        .union([z.enum(['delivered', 'unknown']), z.strictObject({ cause: z.enum(['landline', 'busy']) })])
        .optional(),
      password: z.string().min(8),
      secret: z.string(),
    }),
  ),
  type(
    'words',
    z.strictObject({
      ...{ type: z.literal('words'), channel: z.literal('sms'), words: z.array(z.unknown()).optional() },
      statuses: z.record(z.string(), z.string()),
    }),
  ),
  type('smtp', z.strictObject({ type: z.literal('smtp'), channel: z.literal('email'), host: z.string() })),
];

/** An entry in block style, to follow `providers:`; its password is a variable. */
export const KANNEL = `
  main:
    type: kannel
    channel: sms
    url: http://kannel.internal:13013
    password: \${KANNEL_PASSWORD}`;

/** One in flow style. */
export const FLOW_KANNEL = 'main: {type: kannel, channel: sms, url: "http://k", password: x}';

interface LoadOptions {
  production?: boolean;
  variables?: Record<string, string>;
  types?: readonly ProviderType[];
}

/** What a configuration file with this content comes to, in production by default. */
export function loadYaml(yaml: string, options: LoadOptions = {}): ReturnType<typeof loadConfig> {
  const { production = true, variables = { KANNEL_PASSWORD: 's3cret' }, types = TYPES } = options;
  const folder = mkdtempSync(join(tmpdir(), 'einmal-config-'));
  const configFile = join(folder, 'einmal.yaml');
  writeFileSync(configFile, yaml);
  try {
    return loadConfig({ configFile, production, variable: (name) => variables[name] }, types);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const problemsIn = (yaml: string, options?: LoadOptions): string[] => loadYaml(yaml, options).problems;
