import { randomBytes } from 'node:crypto';
import { COST, hashPassword, isPassword, type Cost } from './passwords.js';

export interface User {
  /** What Einmal is told as `subject`: no name and no address. */
  id: string;
  name: string;
  phone: string;
  email: string | null;
}

/** Those who may sign in. In memory; yours are in a database. */
export class Users {
  private readonly accounts = new Map<string, { user: User; passwordHash: string }>();

  private constructor(
    private readonly cost: Cost,
    private readonly nobodysHash: string,
  ) {}

  /** @param cost of a password; less is for tests. */
  static async create(cost = COST): Promise<Users> {
    return new Users(cost, await hashPassword(randomBytes(16).toString('hex'), cost));
  }

  async add(user: User, password: string): Promise<void> {
    this.accounts.set(key(user.name), { user, passwordHash: await hashPassword(password, this.cost) });
  }

  /** The person who has this name and this password. A name that nobody has costs the same time, so that no clock finds names. */
  async signIn(name: string, password: string): Promise<User | null> {
    const account = this.accounts.get(key(name));
    const isRight = await isPassword(password, account?.passwordHash ?? this.nobodysHash);
    return isRight && account ? account.user : null;
  }

  find(id: string): User | null {
    return [...this.accounts.values()].find(({ user }) => user.id === id)?.user ?? null;
  }
}

const key = (name: string) => name.trim().toLowerCase();
