import { expect, it } from 'vitest';
import { LinkWatch } from './link-watch.js';

/** A session in which `enquire_link` is never answered. */
function deaf(meanwhile: (session: { heardAt: number }) => void) {
  const ends: string[] = [];
  const session = {
    heardAt: performance.now() - 1_000,
    request: () => {
      meanwhile(session);
      return Promise.resolve({ kind: 'silent' as const });
    },
    destroy: (why: string) => {
      ends.push(why);
    },
  };
  return { session, ends };
}

it.each([
  ['is ended', () => undefined, ['enquire_link unanswered']],
  ['stays when anything else came meanwhile', (s: { heardAt: number }) => (s.heardAt = performance.now()), []],
])('a link over which nobody answers %s', async (_, meanwhile, ends) => {
  const it = deaf(meanwhile);
  const watch = new LinkWatch(it.session, 60, 10);
  await watch.enquire();
  watch.stop();
  expect(it.ends).toEqual(ends);
});
