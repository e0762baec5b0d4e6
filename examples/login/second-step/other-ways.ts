import type { Verification } from 'einmal/client';
import { html, type Html } from '../web/html.js';
import type { Words } from '../words/words.js';
import { challengeField } from './ask-for-code.js';
import type { Challenge } from './challenge.js';
import { isSent, waysOf } from './ways.js';

/**
 * Away from the way that the page asks for, and back again: attempts and time are those of one verification, whichever way it goes.
 * A message that was sent is good still; where none was, its button sends one.
 */
export function otherWays(words: Words, challenge: Challenge, verification: Verification): Html | null {
  const { code } = words;
  const ways = waysOf(verification).filter((way) => way !== challenge.way);
  if (ways.length === 0) return null;
  const buttons = ways.map((way) =>
    way === 'message' && verification.deliveries.length === 0
      ? verification.channels
          .filter(isSent)
          .map(
            (channel) =>
              html`<button formaction="/code/send" name="channel" value="${channel}">${code[channel]}</button>`,
          )
      : html`<button name="way" value="${way}">${code.ways[way].turnTo}</button>`,
  );
  return html`<form method="post" action="/code/way" aria-labelledby="other-ways">
    ${challengeField(challenge)}
    <h2 id="other-ways">${code.otherWays}</h2>
    <p>${buttons}</p>
  </form>`;
}
