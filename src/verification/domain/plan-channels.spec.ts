import { describe, expect, it } from 'vitest';
import { planChannels, type UsableFactor } from './plan-channels.js';

const totp: UsableFactor = { channel: 'totp', codesLeft: null };
const codes = (codesLeft: number): UsableFactor => ({ channel: 'backup-code', codesLeft });
const binding = { amount: '12.50 EUR', payee: 'Bakery' };

describe('the channels of a start', () => {
  it.each([
    ['the plan, then every factor', {}, ['sms', 'voice'], [codes(10), totp], ['sms', 'voice', 'totp', 'backup-code']],
    ['a plan that has a place for them', {}, ['backup-code', 'sms'], [totp, codes(1)], ['backup-code', 'sms', 'totp']],
    ['a plan without those that the person has not', {}, ['totp', 'sms'], [], ['sms']],
    ['what the start names, and no more', { channels: ['sms'] }, ['voice'], [totp], ['sms']],
    ['what it names that the person has', { channels: ['totp', 'sms'] }, ['voice'], [codes(3)], ['sms']],
    ['its order', { channels: ['totp', 'sms'] }, ['voice'], [totp], ['totp', 'sms']],
    ['no backup codes that are used up', {}, ['sms'], [codes(0)], ['sms']],
    ['no factor for a payment', { binding }, ['totp', 'sms'], [totp, codes(10)], ['sms']],
    ['nothing, where only a factor was named for a payment', { binding, channels: ['totp'] }, ['sms'], [totp], []],
  ] as const)('are %s', (_, asked, plan, factors, expected) => {
    expect(planChannels(asked, plan, factors)).toEqual(expected);
  });
});
