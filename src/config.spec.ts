import { describe, expect, it } from 'vitest';
import { FLOW_KANNEL, KANNEL, loadYaml, problemsIn, TYPES } from '../test/support/config-file.js';
import { loadConfig } from './config.js';

describe('einmal.yaml', () => {
  it('gives every provider as its type understood it, routes and defaults', () => {
    const { config, problems } = loadYaml(`
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
      'extra: unknown; there are providers, routes, defaults, tokens, webhooks',
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

  it('refuses a plan with a channel that no provider serves', () => {
    expect(problemsIn(`{providers: {${FLOW_KANNEL}}, defaults: {plan: [sms, voice]}}`)).toEqual([
      'defaults.plan: voice has no provider',
    ]);
  });

  it('takes a plan with factors, which need no provider', () => {
    expect(problemsIn(`{providers: {${FLOW_KANNEL}}, defaults: {plan: [totp, sms, backup-code]}}`)).toEqual([]);
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

  it('tells that the file can not be read', () => {
    const source = { configFile: '/nowhere/einmal.yaml', production: false, variable: () => undefined };
    expect(loadConfig(source, TYPES).problems).toEqual(['CONFIG_FILE: /nowhere/einmal.yaml can not be read']);
  });
});
