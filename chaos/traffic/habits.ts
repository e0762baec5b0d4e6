import { FACTOR_HABITS } from './factor-habits.js';
import type { Habit } from './habit.js';
import type { Login } from './login.js';
import { extraPhoneOf } from './person.js';

/** Types the newest code as it should be typed. */
async function logIn(login: Login): Promise<void> {
  const code = (await login.codes()).at(-1);
  if (code !== undefined) await login.check(login.right(code));
}

const guesses = <T>(count: number, guess: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => guess(n));

export const HABITS = {
  'logs in': {
    weight: 30,
    go: async (login) => {
      if (!(await login.start())) return;
      await logIn(login);
      await login.read();
    },
  },
  'mistypes, then logs in': {
    weight: 10,
    go: async (login) => {
      if (!(await login.start())) return;
      for (let n = login.person.random.int(1, 4); n > 0; n -= 1) await login.check(login.wrong());
      await logIn(login);
    },
  },
  'guesses to the end and beyond': {
    weight: 8,
    go: async (login) => {
      if (!(await login.start())) return;
      await login.codes();
      for (let n = 0; n < 7; n += 1) await login.check(login.wrong());
      await logIn(login);
    },
  },
  'guesses at many nodes at once': {
    weight: 8,
    go: async (login) => {
      if (!(await login.start())) return;
      await login.codes();
      await login.checkAtOnce(guesses(login.person.random.int(6, 14), () => login.wrong()));
      await logIn(login);
    },
  },
  'submits twice at once': {
    weight: 14,
    go: async (login) => {
      if (!(await login.start())) return;
      const code = (await login.codes()).at(-1);
      if (code === undefined) return;
      // A double click is one request sent twice; or they are two tabs.
      const key = login.person.random.chance(0.5) ? login.key() : null;
      await login.checkAtOnce(
        guesses(login.person.random.int(2, 6), () => login.right(code)),
        () => key,
      );
      await login.check(login.right(code));
    },
  },
  'asks for another code': {
    weight: 8,
    go: async (login) => {
      if (!(await login.start())) return;
      await login.codes();
      await login.resend();
      if (!(await login.pause(31_000))) return logIn(login);
      await Promise.all([login.resend(), login.resend()]);
      await login.pause(2_000);
      await logIn(login);
    },
  },
  'cancels while checking': {
    weight: 8,
    go: async (login) => {
      if (!(await login.start())) return;
      const code = (await login.codes()).at(-1);
      if (code === undefined) return;
      await Promise.all([login.cancel(), login.check(login.right(code)), login.check(login.right(code))]);
      await login.check(login.right(code));
    },
  },
  'asks everything again': {
    weight: 8,
    go: async (login) => {
      const key = `again-${String(login.person.number)}`;
      await login.startAtOnce([{ key }, { key }, { key }]);
      if (!(await login.start({ key }))) return;
      const code = (await login.codes()).at(-1);
      const wrong = login.wrong();
      await login.checkAtOnce([wrong, wrong, wrong], () => `${key}-wrong`);
      await login.check(wrong, `${key}-wrong`);
      if (code === undefined) return;
      for (let n = 0; n < 3; n += 1) await login.check(login.right(code), `${key}-right`);
    },
  },
  'is late': {
    weight: 6,
    go: async (login) => {
      if (!(await login.start({ body: { ttlSeconds: 10 } }))) return;
      const code = (await login.codes()).at(-1);
      await login.pause(login.person.random.int(8_500, 12_500));
      if (code !== undefined) await login.check(login.right(code));
    },
  },
  'is many on one number': {
    weight: 4,
    go: async (login) => {
      await login.startAtOnce(guesses(8, (n) => ({ key: `crowd-${String(login.person.number)}-${String(n)}` })));
    },
  },
  'pumps from one address': {
    weight: 2,
    go: async (login) => {
      const { number } = login.person;
      const ip = `198.51.${String(100 + (number % 100))}.${String(Math.floor(number / 100) % 256)}`;
      const starts = guesses(16, (n) => ({ ip, phone: extraPhoneOf(login.person, n) }));
      await login.startAtOnce(starts);
    },
  },
  'is at every application': {
    weight: 4,
    go: async (login) => {
      const logins = login.around.tenants.map((tenant) => login.elsewhere(tenant));
      await Promise.all(logins.map(async (one) => (await one.start()) && logIn(one)));
    },
  },
  'is pried into by another application': {
    weight: 4,
    go: async (login) => {
      if (!(await login.start())) return;
      const strangers = login.around.tenants.filter(({ id }) => id !== login.person.tenant.id);
      for (const stranger of strangers.map((tenant) => login.asSeenBy(tenant))) {
        await Promise.all([stranger.read(), stranger.resend(), stranger.cancel(), stranger.check(login.wrong())]);
      }
      await logIn(login);
    },
  },
  'is lied about by a stranger': {
    weight: 8,
    go: async (login) => {
      if (!(await login.start())) return;
      await login.pause(1_000);
      login.forgeReports();
      await logIn(login);
      login.forgeReports();
    },
  },
  'never gives up guessing': {
    weight: 3,
    go: async (login) => {
      do {
        if (!(await login.start())) continue;
        await login.codes();
        for (let n = 0; n < 6; n += 1) await login.check(login.wrong());
      } while (await login.pause(31_000));
    },
  },
  'never gives up starting': {
    weight: 3,
    go: async (login) => {
      do await login.start();
      while (await login.pause(login.person.random.int(5_000, 31_000)));
    },
  },
  ...FACTOR_HABITS,
} satisfies Record<string, Habit>;
