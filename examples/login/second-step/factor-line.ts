import type { StartedVerification } from 'einmal/client';
import { html, type Html } from '../web/html.js';
import type { Words } from '../words/words.js';
import type { FACTOR_CHANNELS } from './ways.js';

type FactorWay = (typeof FACTOR_CHANNELS)[number];

/** Where the code is to be found: in which app, or on the list of which so many are left. */
export function factorLine({ code }: Words, { factors = [] }: StartedVerification, way: FactorWay): Html {
  const theirs = factors.filter(({ channel }) => channel === way);
  const labels = theirs.flatMap(({ label }) => label ?? []);
  const codesLeft = theirs[0]?.codesLeft ?? 0;
  return html`<p>${way === 'totp' ? code.inApp(labels) : code.onList(codesLeft)}</p>`;
}
