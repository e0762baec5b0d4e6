import { describe, expect, it } from 'vitest';
import { loadYaml, problemsIn, TYPES } from '../../test/support/config-file.js';
import { loadConfig } from '../config.js';
import { BUILT_IN_PROVIDER_TYPES } from '../delivery/adapters/providers/provider-types.js';
import { CHANNELS } from '../shared/channel.js';

describe('an entry of a provider', () => {
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
    const real = (yaml: string) => problemsIn(`providers: {main: ${yaml}}`, { types: BUILT_IN_PROVIDER_TYPES });
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
});

describe('the providers of a deployment', () => {
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
    expect(loadYaml('{defaults: {plan: [email]}}', { production: false }).config?.channels()).toEqual([...CHANNELS]);
  });
});
