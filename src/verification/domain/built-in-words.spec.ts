import { describe, expect, it } from 'vitest';
import { BUILT_IN } from './built-in-words.js';
import { namesIn, namingProblem } from './template-text.js';
import { wordsLookLikeLink } from './verification.js';

/** The ten languages that are promised, and more. */
const PROMISED = ['en', 'de', 'fr', 'es', 'it', 'pt', 'pl', 'tr', 'ar', 'zh'];

it('there are words in each language that is promised', () => {
  expect(Object.keys(BUILT_IN)).toEqual(expect.arrayContaining(PROMISED));
});

describe.each(Object.entries(BUILT_IN))('R62 the words in %s', (_, { sms, email, spoken }) => {
  it('name the code once, the sender and the minutes, as a template that is saved must', () => {
    for (const text of [sms, email.text]) {
      expect(namingProblem(text)).toBeNull();
      expect(namesIn(text).toSorted()).toEqual(['code', 'minutes', 'sender']);
    }
  });

  it('put the code first, where no order of display can join it to anything', () => {
    for (const text of [sms, email.text]) expect(text).toMatch(/^\{code\}[ ,]/);
  });

  it('never tell the code in a subject', () => {
    expect(namesIn(email.subject)).toEqual(['sender']);
  });

  it('are shown as they stand: no link, no mark that turns the direction, nothing that can not be seen', () => {
    for (const text of [sms, email.subject, email.text, ...Object.values({ ...spoken })]) {
      expect(wordsLookLikeLink(text)).toBe(false);
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });

  it('say the code twice, and who calls before they ask for a key', () => {
    expect(namesIn(spoken.code)).toEqual(expect.arrayContaining(['code', 'code', 'sender']));
    expect(namesIn(spoken.code)).toHaveLength(3);
    expect(namesIn(spoken.askForKey)).toEqual(['sender']);
    expect(spoken.askForKey).toMatch(/(?<!\d)1(?!\d)/);
    expect(namesIn(spoken.payment).toSorted()).toEqual(['amount', 'payee']);
    expect(namesIn(spoken.notNeeded + spoken.tooLate)).toEqual([]);
  });
});
