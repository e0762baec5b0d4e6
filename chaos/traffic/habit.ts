import type { Login } from './login.js';

/** What somebody does, and how many of a hundred or so people do it. */
export interface Habit {
  weight: number;
  go: (login: Login) => Promise<void>;
}
