import { describe, expect, it } from 'vitest';
import { FLOW_KANNEL, KANNEL, loadYaml, problemsIn } from '../../test/support/config-file.js';

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
    const { config, problems } = loadYaml(`{providers: {words: {type: words, channel: sms, statuses: {
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
    const { config } = loadYaml(
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
      '__proto__: unknown; there are providers, routes, defaults, tokens, webhooks',
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
    const { config } = loadYaml(yaml, { variables: { HOST: 'gateway', PORT: '13013' } });
    expect(config?.providers['main']).toMatchObject({ url: 'http://gateway:13013/', password: '$a gateway' });
  });

  it('is a text whatever it holds: it adds no key, ends no string and is not read again', () => {
    const hostile = 'x"\n    colour: red\n    more: ${KANNEL_PASSWORD} $& $1 &a *a !!int 1';
    const { config, problems } = loadYaml(`providers:${KANNEL}`, { variables: { KANNEL_PASSWORD: hostile } });
    expect(problems).toEqual([]);
    expect(config?.providers['main']).toMatchObject({ password: hostile });
  });
});
