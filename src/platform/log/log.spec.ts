import { expect, test } from 'vitest';
import { Log } from './log.js';

/** What a log at its most talkative writes. */
function written(write: (log: Log) => void): string {
  const lines: string[] = [];
  write(Log.to('trace', { write: (line) => void lines.push(line) }));
  return lines.join('');
}

/** Whoever logs a whole object by mistake logs these with it. */
const SECRET = {
  ...{ code: '7351902846', text: '7351902846 is your code.', to: '+4915112345678', phone: '+4915112345679' },
  ...{ email: 'ada@example.org', authorization: 'Bearer ek_1', secret: 'c2VjcmV0', token: 'eyJhbGciOi' },
  ...{ password: 'for-the-gateway', key: 'ek_2' },
};

test.each(Object.entries(SECRET))('R88 %s is redacted, by itself and one level down', (name, value) => {
  const plain = written((log) => {
    log.pino.info({ event: 'a.mistake', [name]: value });
    log.pino.error({ event: 'a.mistake', request: { [name]: value } });
  });
  expect(plain).not.toContain(value);
  expect(plain.match(/\[redacted\]/g)).toHaveLength(2);
});

test('R88 redaction leaves what a line is about', () => {
  expect(
    JSON.parse(
      written((log) => {
        log.pino.info({ event: 'sent', deliveryId: 'dlv_1', code: '123456' });
      }),
    ),
  ).toMatchObject({
    ...{ event: 'sent', deliveryId: 'dlv_1', code: '[redacted]' },
  });
});

test('R88 a failure is logged by its name, its code and where it was, not by its message, which may quote a peer', () => {
  const error = Object.assign(new Error('550 7351902846 is your code, ada@example.org'), { code: 'EENVELOPE' });
  const line = written((log) => {
    log.failure('provider.failed', error);
  });
  expect(JSON.parse(line)).toMatchObject({ event: 'provider.failed', error: 'Error', code_: 'EENVELOPE' });
  expect(line).not.toMatch(/7351902846|ada@example/);
});
