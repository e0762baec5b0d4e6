import { Enrolled } from './enrolled.js';
import type { Habit } from './habit.js';
import type { Login } from './login.js';

/** Wrong guesses at a person's authenticators lock them after five, and a code that was used is a wrong one. */
const LOGINS = 2;

/** Types one code of an authenticator at several logins at once, then the one that ended the enrolment, at the login that is left. */
async function typesACodeTwice(enrolled: Enrolled): Promise<void> {
  const logins = await enrolled.start('totp', LOGINS);
  const code = await enrolled.nextCode();
  await enrolled.race(logins, code);
  const first = await enrolled.firstCode();
  for (const id of logins) await enrolled.check(id, first);
  for (const id of logins) await enrolled.check(id, code);
}

async function typesABackupCodeTwice(enrolled: Enrolled): Promise<void> {
  const logins = await enrolled.start('backup-code', LOGINS);
  await enrolled.race(logins, enrolled.backupCode(0));
  for (const [n, id] of logins.entries()) await enrolled.check(id, enrolled.backupCode(n));
}

const enrolledThen = (go: (enrolled: Enrolled) => Promise<void>) => async (login: Login) => {
  const enrolled = await Enrolled.begin(login);
  if (enrolled) await go(enrolled);
};

/** What people do who need no message. */
export const FACTOR_HABITS = {
  'types a code of an authenticator twice': { weight: 6, go: enrolledThen(typesACodeTwice) },
  'types a backup code twice': { weight: 5, go: enrolledThen(typesABackupCodeTwice) },
} satisfies Record<string, Habit>;
