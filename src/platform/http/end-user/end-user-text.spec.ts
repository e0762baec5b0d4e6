import { describe, expect, test } from 'vitest';
import { DomainError, type ErrorExtras } from '../../../shared/domain-error.js';
import { problemOf } from '../problem.js';
import { endUserText } from './end-user-text.js';
import { languageOf } from './language-of.js';
import { LANGUAGES } from './words.js';

const refusal = (code: string, extras: ErrorExtras = {}) =>
  problemOf(new DomainError('limited', code, `recipient-hour refuses ${code}: 5 of 5`, extras));

describe('what an end user is told', () => {
  test.each([
    [1, 'in 1 second.'],
    [9, 'in 9 seconds.'],
    [60, 'in 1 minute.'],
    [61, 'in 2 minutes.'],
    [7_200, 'in 120 minutes.'],
    [7_201, 'in 3 hours.'],
  ])('R49 %i seconds are %s, rounded up', (retryAfterSeconds, end) => {
    expect(endUserText(refusal('rate-limited', { retryAfterSeconds }), 'en')?.detail).toMatch(new RegExp(`${end}$`));
  });

  test.each([
    ['en', 'A code was sent a moment ago. You can ask for another in 9 seconds.'],
    ['de', 'Eben wurde ein Code gesendet. In 9 Sekunden können Sie einen neuen anfordern.'],
    ['fr', 'Un code vient d’être envoyé. Vous pourrez en demander un autre dans 9\u00a0secondes.'],
    ['es', 'Se acaba de enviar un código. Podrá pedir otro en 9 segundos.'],
  ] as const)('R49 a cooldown promises no code that may have come and be used: %s', (language, detail) => {
    expect(endUserText(refusal('cooldown', { retryAfterSeconds: 9 }), language)?.detail).toBe(detail);
  });

  test.each([
    ['en', 'That was too often. Please use another way, or try again in 15 minutes.'],
    ['de', 'Das war zu oft. Bitte wählen Sie einen anderen Weg, oder versuchen Sie es in 15 Minuten erneut.'],
    ['fr', 'Trop de tentatives. Veuillez utiliser un autre moyen, ou réessayer dans 15 minutes.'],
    ['es', 'Demasiados intentos. Use otro método, o inténtelo de nuevo en 15 minutos.'],
  ] as const)('R21 whose factor is locked may come by another way: %s', (language, detail) => {
    const locked = refusal('rate-limited', { retryAfterSeconds: 900, reason: 'factor-locked' });
    expect(endUserText(locked, language)?.detail).toBe(detail);
  });

  test('R49 is the same for every cause of one code, in every language, and has no number but the time', () => {
    for (const language of LANGUAGES)
      for (const code of ['rate-limited', 'cooldown', 'attempts-used-up', 'recipient-refused', 'no-channel']) {
        const extras = { retryAfterSeconds: 600, attemptsLeft: 3, reason: 'country-not-allowed' };
        const [one, another] = ['recipient-hour', 'spray-key'].map((rule) =>
          endUserText(refusal(code, { ...extras, violatedPolicies: [rule] }), language),
        );
        expect(one).not.toBeNull();
        expect(one).toEqual(another);
        const told = JSON.stringify(one);
        expect(told).not.toMatch(/recipient|spray|country|limit|rule/i);
        expect((told.match(/\d+/g) ?? []).filter((number) => number !== '10')).toEqual([]);
      }
  });

  test.each(LANGUAGES)('speaks of another way, and of no address, where none is in the way: %s', (language) => {
    const told = (reason?: string) => endUserText(refusal('no-channel', reason ? { reason } : {}), language);
    expect(told('other-channel')).toEqual(told('no-factor'));
    expect(told('no-factor')?.detail).not.toMatch(/mail|correo/i);
    expect(told()?.detail).toMatch(/mail|correo/i);
  });

  test('is nothing where a person can do nothing about it', () => {
    expect(endUserText(refusal('idempotency-in-flight'), 'en')).toBeNull();
  });
});

describe('the language', () => {
  const of = (body: unknown, accepted?: string) =>
    languageOf({ body, headers: accepted === undefined ? {} : { 'accept-language': accepted } });

  test.each([
    [{ locale: 'de-AT' }, 'fr', 'de'],
    [{ locale: 'pt' }, 'fr-CA, en;q=0.5', 'fr'],
    [undefined, 'pt, en;q=0.2, es;q=0.8', 'es'],
    [undefined, 'de;q=0, *', 'en'],
    [{ locale: 7 }, undefined, 'en'],
    [null, ';;,q=,', 'en'],
  ])('of %j and Accept-Language %j is %s', (body, accepted, language) => {
    expect(of(body, accepted)).toBe(language);
  });
});
