import { expect, it } from 'vitest';
import type { Countries } from '../shared/country.js';
import { EVERY_COUNTRY, effectiveCountries, opensCountry } from './country-settings.js';

const AUSTRIA: Countries = ['AT'];
const BOTH: Countries = ['AT', 'DE'];

it('R44 what nobody says is closed, and what an application says goes before the file, each channel apart', () => {
  expect(effectiveCountries()).toEqual({ sms: [], voice: [] });
  expect(effectiveCountries({ sms: ['AT'] }, { sms: 'all', voice: 'all' })).toEqual({ sms: ['AT'], voice: 'all' });
  expect(effectiveCountries({ sms: [] }, EVERY_COUNTRY)).toEqual({ sms: [], voice: 'all' });
});

it.each<[boolean, Countries, Countries]>([
  [true, [], AUSTRIA],
  [true, AUSTRIA, 'all'],
  [true, ['DE'], AUSTRIA],
  [false, BOTH, AUSTRIA],
  [false, BOTH, ['DE', 'AT']],
  [false, 'all', BOTH],
  [false, 'all', 'all'],
])('R80 opens a country: %j, from %j to %j', (opens, before, after) => {
  expect(opensCountry({ sms: before, voice: 'all' }, { sms: after, voice: 'all' })).toBe(opens);
  expect(opensCountry({ sms: 'all', voice: before }, { sms: 'all', voice: after })).toBe(opens);
});
