import { expect, it } from 'vitest';
import { outcomeOf } from './smtp-errors.js';

const refusedAt = (command: string, response: string) => outcomeOf({ command, response }, true, undefined);

it('a sender that is refused says nothing of other senders; a password that is refused does', () => {
  const refused = { kind: 'refused', failure: 'misconfigured', cause: 'provider' };
  const sender = { ...refused, detail: '553 5.7.1', scope: 'message' };
  expect(refusedAt('MAIL FROM', '553 5.7.1 not yours')).toEqual(sender);
  expect(refusedAt('AUTH PLAIN', '535 5.7.8 no')).toEqual({ ...refused, detail: '535 5.7.8' });
  expect(refusedAt('MAIL FROM', '530 5.7.0 log in first')).toEqual({ ...refused, detail: '530 5.7.0' });
});
