import { expect, test } from 'vitest';
import { Seeded } from '../../chaos/seeded.js';
import { fateOfCall, fateOfMail, fateOfText } from './fate.js';
import { canSee, isReachable, peopleOf, type Person } from './people.js';

const carrierOf = (seed: number, person: Person) => {
  const seeded = (what: string) => Seeded.from(seed).of(`${what} ${String(person.number)}`);
  return [
    fateOfText(person, 1, seeded('text')),
    fateOfCall(person, seeded('call')),
    fateOfMail(person, seeded('mail')),
  ];
};

const run = (seed: number, howMany: number) =>
  peopleOf(seed, howMany, 60_000).map((person) => ({ person, fates: carrierOf(seed, person) }));

test('the same seed makes the same people and the same carrier', () => {
  expect(run(7, 200)).toEqual(run(7, 200));
  expect(run(7, 200)).not.toEqual(run(8, 200));
});

test('who somebody is does not depend on how many others there are', () => {
  const traits = ({ startsAtMs, ...person }: Person) => ({ ...person, startsAtMs: startsAtMs >= 0 });

  expect(peopleOf(3, 50, 60_000).map(traits)).toEqual(peopleOf(3, 500, 60_000).slice(0, 50).map(traits));
});

test('among many there is everybody the policies are compared on', () => {
  const people = peopleOf(1, 2_000, 60_000);
  const kinds = new Set(people.flatMap(({ line, route, reporting, mailbox }) => [line, route, reporting, mailbox]));

  expect([...kinds].sort()).toEqual(
    [
      ...['mobile', 'landline', 'off', 'unassigned', 'open', 'slow', 'blocked', 'swallowing', 'refusing'],
      ...['honest', 'silent', 'late', 'contradictory', 'repeating', 'lying', 'read', 'unread', 'dead', 'none'],
    ].sort(),
  );
  expect(people.some((person) => !isReachable(person))).toBe(true);
});

test('nobody has a code in hand from a message they can not see', () => {
  for (const { person, fates } of run(5, 2_000))
    for (const [place, channel] of (['sms', 'voice', 'email'] as const).entries())
      if (!canSee(person, channel)) expect(fates[place]?.inHandAfterMs).toBeNull();
});
