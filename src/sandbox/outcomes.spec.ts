import { describe, expect, it } from 'vitest';
import type { Channel } from '../shared/channel.js';
import { outcomeFor } from './outcomes.js';

/** What the carrier says of a message: how it takes it, then `status cause after ms` of every report. */
function story(channel: Channel, to: string): string[] {
  const { name, submit, reports } = outcomeFor(channel, to);
  const told = reports.map(({ status, cause, afterMs }) => [status, cause, String(afterMs)].filter(Boolean).join(' '));
  return [name, submit, ...told];
}

describe('outcomes of the sandbox', () => {
  it.each([
    ['02', ['failed', 'accepted', 'failed other 150']],
    ['03', ['expired', 'accepted', 'failed expired 150']],
    ['05', ['silent', 'accepted']],
    ['06', ['duplicate', 'accepted', 'delivered 150', 'delivered 300']],
    ['07', ['out-of-order', 'accepted', 'delivered 150', 'underway 300']],
    ['09', ['rejected', 'rejected']],
    ['10', ['late', 'accepted', 'delivered 6000']],
    ['18', ['throttled-once', 'throttled', 'delivered 150']],
    ['21', ['failed-then-delivered', 'accepted', 'failed other 150', 'delivered 300']],
    ['30', ['landline', 'accepted', 'failed landline 150']],
    ['01', ['delivered', 'accepted', 'delivered 150']],
    ['51', ['delivered', 'accepted', 'delivered 150']],
  ])('SMS to a number that ends in 000%s', (digits, expected) => {
    expect(story('sms', `+49150312000${digits}`)).toEqual(expected);
  });

  it.each([
    ['02', ['answered', 'accepted', 'delivered 150']],
    ['51', ['no-answer', 'accepted', 'failed no-answer 150']],
    ['52', ['busy', 'accepted', 'failed busy 150']],
  ])('a call to a number that ends in 000%s', (digits, expected) => {
    expect(story('voice', `+49150312000${digits}`)).toEqual(expected);
  });

  it.each([
    ['bounce-7@example.org', ['bounced', 'accepted', 'failed bounced 150']],
    ['silent@example.org', ['silent', 'accepted']],
    ['ada.bounce@example.org', ['delivered', 'accepted', 'delivered 150']],
    ['ada@silent.example', ['delivered', 'accepted', 'delivered 150']],
  ])('an e-mail to %s', (to, expected) => {
    expect(story('email', to)).toEqual(expected);
  });

  it('looks at the last five digits only', () => {
    expect(outcomeFor('sms', '+4915000002345').name).toBe('delivered');
    expect(outcomeFor('sms', '+4915031210002').name).toBe('delivered');
    expect(outcomeFor('sms', '+49150300002').name).toBe('failed');
  });
});
