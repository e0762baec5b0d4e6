import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import { getExampleNumber, type CountryCode } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { parsePhone } from '../../shared/phone-number.js';
import { numberRisk } from './number-risk.js';

/** Asked as a start would: from a spelling. */
function risk(number: string, channel: 'sms' | 'voice' = 'sms') {
  const phone = parsePhone(number);
  if (!phone) throw new Error(`${number} is not a number`);
  return numberRisk(phone, channel);
}

describe('R45 a number is refused as', () => {
  it.each([
    ['premium-rate', '+49 900 1234567', 'Germany'],
    ['premium-rate', '+1 900 234 5678', 'United States'],
    ['premium-rate', '+44 909 012 3456', 'United Kingdom'],
    ['premium-rate', '+33 891 12 34 56', 'France'],
    ['shared-cost', '+49 1801 12345', 'Germany'],
    ['shared-cost', '+43 810 123456', 'Austria'],
    ['toll-free', '+49 800 1234567', 'Germany'],
    ['toll-free', '+1 800 234 5678', 'United States'],
    ['pager', '+44 76 4012 3456', 'United Kingdom'],
    ['pager', '+49 164 1234567', 'Germany'],
    ['voicemail', '+41 860 123 456 789', 'Switzerland'],
    ['uan', '+49 181 12345678', 'Germany'],
    ['uan', '+971 600 512 345', 'United Arab Emirates'],
    ['satellite', '+881 612 345 678', 'Iridium'],
    ['satellite', '+870 773 111 632', 'Inmarsat'],
    ['satellite', '+882 16 1234 5678', 'Thuraya'],
    ['satellite', '+61 147 123 456', 'Australia'],
    ['toll-free', '+800 1234 5678', 'of no country'],
    ['shared-cost', '+808 1234 5678', 'of no country'],
    ['no-country', '+883 510 012 345 678', 'iNum'],
    ['no-country', '+61 500 123 456', 'of a code that several countries share'],
  ])('%s: %s (%s)', (type, number) => {
    for (const channel of ['sms', 'voice'] as const) expect(risk(number, channel)).toBe(type);
  });

  it.each([
    ['personal', '+44 70 1234 5678'],
    ['unallocated', '+49 1510 0001 0177 7'],
  ])('%s only when it would be called: %s', (type, number) => {
    expect(risk(number, 'voice')).toBe(type);
    expect(risk(number, 'sms')).toBeNull();
  });
});

it('R45 lets an ordinary mobile number of every country through', () => {
  const refused = (Object.keys(examples) as CountryCode[]).filter((country) => {
    const number = getExampleNumber(country, examples)?.number ?? '';
    return risk(number, 'sms') !== null || risk(number, 'voice') !== null;
  });
  expect(refused).toEqual([]);
});
