import type { Tenant } from '../../test/support/deployment.js';
import type { FactorChannel } from '../../src/shared/channel.js';
import { enrol, STEPS_OF_AN_HOUR, type Enrolled } from '../stage/enrolled.js';
import type { Outcome } from '../stage/outcome.js';
import { answered, inTurns } from '../stage/people.js';
import type { Target } from '../stage/target.js';

/** Wrong codes of a factor within a quarter of an hour (R69); one that was used is wrong. */
const FAILURES = 5;
const AT_ONCE = 4;

export interface ReplayScale {
  victims: number;
  /** Begun for each, to type one code at all of them. */
  logins: number;
}

/** Whoever sees a code of an authenticator, or a backup code, types it at the same moment as its owner, and again later (I9). */
export async function replaying(target: Target, { victims, logins }: ReplayScale): Promise<Outcome> {
  const shop = await target.application();
  const startedAt = Date.now();
  const people = await inTurns(Array.from({ length: victims }), AT_ONCE, () => enrol(target, shop));
  const played = await inTurns(people, AT_ONCE, (person) => play({ target, shop, person, logins }));
  const [first] = people;
  const otherWay = first !== undefined && (await target.letsIn(shop, first.phone, { subject: first.subject }));
  const all = (of: (one: Played) => number) => played.map(of);
  const once = (of: (one: Played) => number) => all(of).every((accepted) => accepted === 1);
  const most = (of: (one: Played) => number) => String(Math.max(...all(of)));
  return {
    tried: `${String(logins)} logins at once with one code, of the authenticators and of the backup codes of ${String(victims)} people, at both processes; and the same codes again`,
    gotThrough: `${most(({ totp }) => totp.accepted)} and ${most(({ backup }) => backup.accepted)} logins a code, ${most(({ again }) => again)} afterwards; at most ${most(({ totp, backup }) => Math.max(totp.wrong, backup.wrong))} wrong ones compared`,
    hurt: `the factor is locked for a while; its owner ${otherWay ? 'gets' : 'DOES NOT GET'} in with a code that is sent`,
    cost: `${String(Date.now() - startedAt)} ms`,
    bounds: [
      {
        what: 'a code of an authenticator lets in once, whoever types it where',
        holds: once((one) => one.totp.accepted),
      },
      { what: 'a backup code lets in once', holds: once((one) => one.backup.accepted) },
      {
        what: 'a code that was used, that of the enrolment and that of another hour let nobody in',
        holds: all(({ again }) => again).every((accepted) => accepted === 0),
      },
      {
        what: `at most ${String(FAILURES)} wrong codes of a factor are compared`,
        holds: played.every(({ totp, backup }) => Math.max(totp.wrong, backup.wrong) <= FAILURES),
      },
      { what: 'whoever is locked gets in with a code that is sent', holds: otherWay },
    ],
  };
}

interface Played {
  totp: { accepted: number; wrong: number };
  backup: { accepted: number; wrong: number };
  /** Logins that a code let in which must not any more. */
  again: number;
}

interface Play {
  target: Target;
  shop: Tenant;
  person: Enrolled;
  logins: number;
}

async function play(on: Play): Promise<Played> {
  const { target, shop, person } = on;
  const seen = person.activatedIn + 1;
  const code = await person.codeOf(seen);
  const totp = await race(on, 'totp', code);
  // Only who guesses is locked out of guessing: an administrator lets the codes be looked at again.
  await target.post(0, `/v1/factors/${person.id}/unlock`, shop, {});
  const odd = [code, await person.codeOf(person.activatedIn), await person.codeOf(seen + STEPS_OF_AN_HOUR)];
  const ids = await begin({ ...on, logins: odd.length }, 'totp');
  const replies = await Promise.all(odd.map((old, n) => check(on, { n, id: ids[n], channel: 'totp', code: old })));
  const backup = await race(on, 'backup-code', person.backupCodes[0] ?? '');
  return { totp, backup, again: answered(200, replies) };
}

/** One code at all logins at the same time. */
async function race(on: Play, channel: FactorChannel, code: string) {
  const ids = await begin(on, channel);
  const replies = await Promise.all(ids.map((id, n) => check(on, { n, id, channel, code })));
  return { accepted: answered(200, replies), wrong: answered(422, replies) };
}

/** Starts logins of the person. @returns their ids */
const begin = ({ target, shop, person: { subject }, logins }: Play, channel: FactorChannel) =>
  Promise.all(
    Array.from({ length: logins }, async (_, n) => {
      const { body } = await target.post(n, '/v1/verifications', shop, { subject, channels: [channel] });
      return body.id;
    }),
  );

const check = (
  { target, shop, person: { subject } }: Play,
  { n, id = '', channel, code }: { n: number; id: string | undefined; channel: FactorChannel; code: string },
) => target.check(n, shop, id, code, { channel, subject });
