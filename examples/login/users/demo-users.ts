import { randomInt, randomUUID } from 'node:crypto';
import { Users, type User } from './users.js';

/** One who is shown on the page, so that whoever tries the example can sign in. */
export interface DemoUser extends User {
  password: string;
  /** What happens to messages: the sandbox goes by the number's last digits. */
  story: 'arrives' | 'sms-fails';
}

/**
 * Two people with numbers of a block that no network uses, in case somebody has routed the sandbox's messages to a real gateway.
 * Others at every start: limits count per number, authenticators are kept for an id, and a new visitor shall find neither.
 */
export function demoUsers(): DemoUser[] {
  const person = { password: 'correct horse' };
  return [
    {
      ...person,
      ...{ id: randomUUID(), name: 'ada', story: 'arrives' },
      phone: number(`4${digits(4)}`),
      email: 'ada@example.org',
    },
    { ...person, ...{ id: randomUUID(), name: 'ben', story: 'sms-fails' }, phone: number('00002'), email: null },
  ];
}

/** Users with nobody else among them. */
export async function usersOf(people: readonly DemoUser[]): Promise<Users> {
  const users = await Users.create();
  await Promise.all(
    people.map(({ id, name, phone, email, password }) => users.add({ id, name, phone, email }, password)),
  );
  return users;
}

const number = (ending: string) => `+491503${digits(2)}${ending}`;
const digits = (length: number) => String(randomInt(10 ** length)).padStart(length, '0');
