import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SampleHistory } from '../../test/chaos/support/sample-history.js';
import { noCodeAtRest } from './no-code-at-rest.js';
import { NOT_EXERCISED } from './verdict-of.js';

const CODE = '1000000000';
const GUESS = '4444444444';

/** A login with a wrong guess, and `text` in the log of its process. */
function logged(text: string): SampleHistory {
  const sample = new SampleHistory().login('ver_1');
  sample.check('ver_1', { code: GUESS, kind: 'wrong' }, [422, { code: 'wrong-code' }]);
  const process = { name: 'a', startedAtMs: 0, endedAtMs: null, ending: null, output: text, steps: {} };
  sample.history.processes.push(process);
  return sample;
}

const seen = (sample: SampleHistory) => noCodeAtRest(sample.history).violations.map(({ what }) => what);

test('logs and stores without a code are sound', () => {
  const verdict = noCodeAtRest(logged('{"event":"service.listening","port":3000}').history);
  expect(verdict.violations).toEqual([]);
  expect(verdict.figure).toMatch(/^0 hits of 2 codes and guesses/);
});

test('codes of six digits turn up by chance, so nothing is said of them', () => {
  const sample = new SampleHistory().login('ver_1');
  for (const message of sample.history.messages) message.code = '100000';
  expect(noCodeAtRest(sample.history).figure).toBe(NOT_EXERCISED);
});

test('a code in a log, also behind base64', () => {
  expect(seen(logged(`sending ${CODE}`))).toEqual(['a code in the log of a']);
  expect(seen(logged(Buffer.from(`sending ${CODE} now`).toString('base64')))).toEqual(['a code in the log of a']);
});

test('a guess in Redis, a code in Postgres behind hexadecimal', () => {
  const sample = logged('');
  sample.history.dumps.redis.push({ key: 'einmal:v:{ver_1}', type: 'hash', value: { guess: GUESS }, ttlMs: 1 });
  sample.history.dumps.postgresText = `\\x${Buffer.from(`text ${CODE}`).toString('hex')}`;
  expect(seen(sample)).toEqual(['a code in Postgres', 'a guess in Redis, keys']);
});

test('a code in a file of a store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'einmal-canary-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, 'appendonly.aof'), `\x00\xff$10\r\n${CODE}\r\n`, 'latin1');
  const sample = logged('');
  sample.history.dumps.folders.push(folder);
  expect(seen(sample)).toEqual(['a code in the file appendonly.aof']);
});

test('an authenticator’s secret and backup codes, which are shown once', () => {
  const sample = logged('scanned JBSWY3DPEHPK3PXP');
  const body = { secret: 'JBSWY3DPEHPK3PXP', backupCodes: ['ABCD-EFGH-IJKLM'] };
  sample.call({ kind: 'enrol', answer: { kind: 'answered', status: 201, body, retryAfterSeconds: null } });
  sample.history.dumps.postgresText = 'ABCDEFGHIJKLM';
  expect(seen(sample)).toEqual(['a secret of a factor in Postgres', 'a secret of a factor in the log of a']);
});
