import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadConfig } from './config.js';
import { BUILT_IN_PROVIDER_TYPES } from './delivery/adapters/providers/provider-types.js';
import type { ProviderType } from './delivery/application/provider-type.js';
import { CHANNELS } from './shared/channel.js';

const type = (name: string, schema: ProviderType['schema']): ProviderType => ({
  type: name,
  schema,
  create: () => {
    throw new Error('not needed here');
  },
});

const TYPES = [
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

const KANNEL = `
  main:
    type: kannel
    channel: sms
    url: http://kannel.internal:13013
    password: \${KANNEL_PASSWORD}`;

const folder = mkdtempSync(join(tmpdir(), 'einmal-config-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface LoadOptions {
  production?: boolean;
  variables?: Record<string, string>;
}

function load(yaml: string, { production = true, variables = { KANNEL_PASSWORD: 's3cret' } }: LoadOptions = {}) {
  const configFile = join(folder, 'einmal.yaml');
  writeFileSync(configFile, yaml);
  return loadConfig({ configFile, production, variable: (name) => variables[name] }, TYPES);
}
const problemsIn = (yaml: string, options?: LoadOptions) => load(yaml, options).problems;

describe('einmal.yaml', () => {
  it('gives every provider as its type understood it, routes and defaults', () => {
    const { config, problems } = load(`
providers:${KANNEL}
  mail: { type: smtp, channel: email, host: mail.internal }
routes:
  sms/DE: [main]
  email: [mail]
defaults:
  plan: [sms, email]
  policy: { codeLength: 8 }`);
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      providers: {
        main: { type: 'kannel', channel: 'sms', password: 's3cret', validityMinutes: 5 },
        mail: { type: 'smtp', channel: 'email', host: 'mail.internal' },
      },
      routes: { 'sms/DE': ['main'], email: ['mail'] },
      defaults: { plan: ['sms', 'email'], policy: { codeLength: 8 } },
    });
    expect(config?.channels()).toEqual(['sms', 'email']);
  });

  it('tells every problem at once, each with its path', () => {
    const problems = problemsIn(`
providers:${KANNEL}
    colour: red
  Main_2: { type: kannel, channel: sms, url: nowhere, password: x }
  mail: { type: carrier-pigeon, channel: email }
routes:
  sms: [main, missing]
  sms/XX: [main]
  sms/DE/BE: [main]
  email/DE: [mail]
  fax: [main]
  voice: [main]
  email: []
defaults:
  plan: [sms, voice]
  policy: { codeLength: 4 }
  colour: blue
extra: true`);
    expect(problems).toEqual([
      'extra: unknown; there are providers, routes, defaults',
      'providers.main.colour: there is no such option',
      'providers.Main_2: an id is 1 to 32 of a-z, 0-9 and dashes',
      'providers.Main_2.url: Invalid URL',
      'providers.mail.type: must be one of kannel, many, words, smtp',
      'routes.sms: there is no provider missing',
      'routes.sms/XX: there is no country XX',
      'routes.sms/DE/BE: a route is for sms, voice, email, or for a country, like sms/DE',
      'routes.email/DE: e-mail has no countries',
      'routes.fax: a route is for sms, voice, email, or for a country, like sms/DE',
      'routes.fax: main does not serve fax',
      'routes.voice: main does not serve voice',
      "routes.email: must be a list of at least one provider's id",
      'defaults.policy.codeLength: Too small: expected number to be >=6',
      'defaults.colour: there is no such option',
    ]);
  });

  it('tells of each option of a provider what is wrong with it, once, and never what it holds', () => {
    const problems = problemsIn(
      `
providers:
  main:
    type: many
    channel: telex
    url: 12
    port: "5432"
    secure: 'yes'
    mode: quick
    hosts: one.example
    meaning: { cause: fire }
    shade: green
    tint: blue
    password: \${NO_SUCH_VARIABLE}`,
      { variables: {} },
    );
    expect(problems).toEqual([
      'providers.main.password: the environment has no variable NO_SUCH_VARIABLE',
      'providers.main.channel: must be sms',
      'providers.main.url: must be an http or https URL',
      'providers.main.port: must be a number, not a text',
      'providers.main.secure: must be true or false, not a text',
      'providers.main.mode: must be one of fast, cheap',
      'providers.main.hosts: must be a list, not a text',
      'providers.main.meaning.cause: must be one of landline, busy',
      'providers.main.secret: must be set',
      'providers.main.shade: there is no such option',
      'providers.main.tint: there is no such option',
    ]);
    expect(problemsIn('providers: {main: {type: many, meaning: 5}}')).toEqual([
      'providers.main.channel: must be set: sms',
      ...['url', 'port', 'secure'].map((name) => `providers.main.${name}: must be set`),
      'providers.main.mode: must be set: one of fast, cheap',
      'providers.main.hosts: must be set',
      'providers.main.meaning: must be one of delivered, unknown, or a map',
      ...['password', 'secret'].map((name) => `providers.main.${name}: must be set`),
    ]);
  });

  it('tells what does not fit together beside what can not be read', () => {
    const real = (yaml: string) => {
      const configFile = join(folder, 'real.yaml');
      writeFileSync(configFile, `providers: {main: ${yaml}}`);
      return loadConfig({ configFile, production: true, variable: () => 'x' }, BUILT_IN_PROVIDER_TYPES).problems;
    };
    const at = 'providers.main';
    expect(real('{type: twilio, channel: telex, form: "+1", apiKeySid: x}')).toEqual([
      `${at}.channel: must be sms`,
      `${at}.accountSid: must be set`,
      `${at}.authToken: must be set`,
      `${at}.apiKeySid: must be SK and 32 hexadecimal digits`,
      `${at}.form: there is no such option`,
      `${at}: \`apiKeySid\` and \`apiKeySecret\` go together`,
      `${at}: needs \`from\`, \`messagingServiceSid\` or both`,
    ]);
    expect(real('{type: vonage, channel: sms, apikey: x}')).toContain(
      `${at}: needs \`apiSecret\` or \`signatureSecret\``,
    );
    expect(real('{type: smpp, channel: sms, ca: x, colour: red}')).toContain(`${at}.ca: is only for TLS`);
    const send = 'send: {url: "http://g/?t={txt}&to={to}", bdoy: x, form: {a: b}, json: {a: b}}';
    const http = real(
      `{type: http, channel: sms, ${send}, accepted: {id: {jason: $.a}}, poll: {url: 5, each: {json: $.a}}}`,
    );
    expect(http.map((problem) => problem.replace(/there are .*/, 'there are …'))).toEqual([
      `${at}.send.bdoy: there is no such option`,
      `${at}.send: must have one body at most, not form and json`,
      `${at}.accepted.id.jason: there is no such option`,
      `${at}.accepted.id: must have exactly one of json, xml, regex, query, form, header`,
      `${at}.poll.url: must be an http or https URL, whose host has no {variable}`,
      `${at}.poll.status: must be set`,
      `${at}.poll: with each it must say whose each one is: id`,
      `${at}.send: there is no variable {txt}; there are …`,
      `${at}.send: the text stands nowhere: {text} or {textHex}`,
      `${at}.textInUrl: the text or the number would stand in the URL, and so in access logs; put it into the body, or say textInUrl: accepted`,
    ]);
  });

  it('refuses a plan with a channel that no provider serves', () => {
    expect(problemsIn(`{providers: {${FLOW_KANNEL}}, defaults: {plan: [sms, voice]}}`)).toEqual([
      'defaults.plan: voice has no provider',
    ]);
  });

  it.each([
    ['codeLength', 5],
    ['ttlSeconds', 601],
    ['maxAttempts', 11],
    ['maxSends', 6],
  ])('R3 R79 refuses a default %s of %i', (name, value) => {
    const yaml = `{providers: {${FLOW_KANNEL}}, defaults: {policy: {${name}: ${String(value)}}}}`;
    expect(problemsIn(yaml).join()).toContain(`defaults.policy.${name}: Too `);
  });

  it('R9 refuses the sandbox in production', () => {
    expect(problemsIn('{providers: {box: {type: sandbox, channel: sms}}}')).toEqual([
      'providers.box.type: sandbox sends nothing, so production refuses it',
    ]);
  });

  it('refuses production without a provider', () => {
    expect(problemsIn('{}')).toEqual(['providers: there is none, so nothing could be sent']);
    expect(problemsIn('{providers: {}}')).toEqual(['providers: there is none, so nothing could be sent']);
    const { problems } = loadConfig({ configFile: undefined, production: true, variable: () => undefined }, TYPES);
    expect(problems).toEqual(['CONFIG_FILE: must be set with NODE_ENV=production; without providers nothing is sent']);
  });

  it('has three providers of the sandbox without a file, outside production', () => {
    const { config } = loadConfig({ configFile: undefined, production: false, variable: () => undefined }, TYPES);
    expect(config?.providers).toEqual({
      'sandbox-sms': { type: 'sandbox', channel: 'sms' },
      'sandbox-voice': { type: 'sandbox', channel: 'voice' },
      'sandbox-email': { type: 'sandbox', channel: 'email' },
    });
    expect(load('{defaults: {plan: [email]}}', { production: false }).config?.channels()).toEqual([...CHANNELS]);
  });

  it('tells that the file can not be read', () => {
    const source = { configFile: '/nowhere/einmal.yaml', production: false, variable: () => undefined };
    expect(loadConfig(source, TYPES).problems).toEqual(['CONFIG_FILE: /nowhere/einmal.yaml can not be read']);
  });
});

const FLOW_KANNEL = 'main: {type: kannel, channel: sms, url: "http://k", password: x}';

describe('the YAML of it', () => {
  it.each([
    ['a duplicate key', 'providers: {}\nproviders: {}', 'line 2: duplicate key'],
    ['two documents', 'providers: {}\n---\nproviders: {}', 'line 2: multiple docs'],
    ['a tag', 'providers: !!js/function x', 'line 1: tag resolve failed'],
    ['a mistake in the syntax', 'providers: {', 'line 1'],
  ])('refuses %s and says where', (_, yaml, where) => {
    expect(problemsIn(yaml).join()).toContain(where);
  });

  it('never quotes a line, which may hold a password', () => {
    const problems = problemsIn('providers:\n  main:\n    password: hunter2\n    password: hunter2\n   bad: [');
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.join()).not.toContain('hunter2');
  });

  it.each([
    ['a list', '- sms'],
    ['a text', 'sms'],
    ['a list of providers', 'providers: [main]'],
  ])('refuses %s', (_, yaml) => {
    expect(problemsIn(yaml).join()).toContain('must be a map');
  });

  it('refuses aliases, which can multiply or bite their own tail', () => {
    const lol = Array.from(
      { length: 9 },
      (_, n) => `a${String(n + 1)}: &a${String(n + 1)} [${`*a${String(n)},`.repeat(9)}]`,
    );
    expect(problemsIn(['a0: &a0 [x]', ...lol].join('\n'))).not.toEqual([]);
    expect(problemsIn('providers: &p { again: *p }')).not.toEqual([]);
  });

  it('takes keys as they are written: the codes of vendors begin with zeros', () => {
    const keys = ['004', '4', '0x0B', '1e3', '1.0', 'true', 'True', 'null', '~', '12_3', '+1', 'off', '0o7', '.inf'];
    const statuses = keys.map((key) => `      ${key}: of ${key}`).join('\n');
    const { config, problems } = load(`{providers: {words: {type: words, channel: sms, statuses: {
${statuses.replaceAll('\n', ',\n')}, "008": q, ? 009 : r }}}}`);
    expect(problems).toEqual([]);
    const expected: unknown = Object.fromEntries([
      ...keys.map((key) => [key, `of ${key}`]),
      ['008', 'q'],
      ['009', 'r'],
    ]);
    expect(config?.providers['words']?.['statuses']).toEqual(expected);
  });

  it.each(['{004: x, "004": y}', '{true: x, "true": y}', '{0x0B: x, 0x0B: y}', '{null: x, null: y}'])(
    'refuses the same key twice in whatever quotes: %s',
    (statuses) => {
      const problems = problemsIn(`providers: {words: {type: words, channel: sms, statuses:\n ${statuses}}}`);
      expect(problems).toEqual([expect.stringContaining('line 2: duplicate key')]);
    },
  );

  it('takes whole numbers that are written as codes are for texts, and others for numbers', () => {
    const numbers = ['004', '+4930123456', '0x0B', '12345678901234567890', '1e3', '4', '-4', '0.50', '0'];
    const { config } = load(
      `providers: {words: {type: words, channel: sms, words: [${numbers.join()}], statuses: {}}}`,
    );
    expect(config?.providers['words']?.['words']).toEqual([...numbers.slice(0, 5), 4, -4, 0.5, 0]);
  });

  it.each(['{a: 1}', '[a]', '*x'])('refuses the key %s and says where', (key) => {
    expect(problemsIn(`a: &x 1\n? ${key}\n: b`).join()).toMatch(/line 2: a key must be a text/);
  });

  it.each(['<<: *base', '<<: {type: words}'])('merges nothing: %s', (merge) => {
    expect(problemsIn(`base: &base {type: words}\nproviders: {words: {${merge}, channel: sms}}`)).not.toEqual([]);
  });

  it('does not let __proto__ in', () => {
    expect(problemsIn(`{providers: {${FLOW_KANNEL}}, __proto__: {x: 1}}`)).toEqual([
      '__proto__: unknown; there are providers, routes, defaults',
    ]);
    expect(problemsIn(`{providers: {${FLOW_KANNEL}, __proto__: {type: kannel}}}`).join()).toContain(
      'providers.__proto__',
    );
    expect(problemsIn(`{providers: {${FLOW_KANNEL}}, routes: {sms: [constructor]}}`)).toEqual([
      'routes.sms: there is no provider constructor',
    ]);
  });
});

describe('${NAME} in it', () => {
  it('is a problem when the environment has no such variable, once for each place', () => {
    expect(problemsIn(`providers:${KANNEL}`, { variables: {} })).toContain(
      'providers.main.password: the environment has no variable KANNEL_PASSWORD',
    );
    expect(problemsIn('{providers: {m: {type: "${a b}"}}}').join()).toContain('no variable a b');
  });

  it('can be a part of a text, several times', () => {
    const yaml =
      '{providers: {main: {type: kannel, channel: sms, url: "http://${HOST}:${PORT}/", password: "$a ${HOST}"}}}';
    const { config } = load(yaml, { variables: { HOST: 'gateway', PORT: '13013' } });
    expect(config?.providers['main']).toMatchObject({ url: 'http://gateway:13013/', password: '$a gateway' });
  });

  it('is a text whatever it holds: it adds no key, ends no string and is not read again', () => {
    const hostile = 'x"\n    colour: red\n    more: ${KANNEL_PASSWORD} $& $1 &a *a !!int 1';
    const { config, problems } = load(`providers:${KANNEL}`, { variables: { KANNEL_PASSWORD: hostile } });
    expect(problems).toEqual([]);
    expect(config?.providers['main']).toMatchObject({ password: hostile });
  });
});
