import type { Factor, FactorStatus } from '../domain/factor.js';
import type { Changer } from './changer.js';

/** Changes of what is enrolled, each told in the statement that makes it. All throw 503 `unavailable`. */
export abstract class FactorChanges {
  /** Null for another application's, as for one that does not exist. */
  abstract rename(id: string, label: string | null, changer: Changer): Promise<Factor | null>;

  /**
   * Removes it; with the subject's last authenticator its backup codes go, too.
   *
   * @param status that it must have
   * @returns or else nothing is removed: `gone` where it is not there or has another status by now; `unproven` where the factor that
   *   was shown is not
   */
  abstract remove(
    factor: { id: string; subject: string; status: FactorStatus },
    changer: Changer,
  ): Promise<'removed' | 'gone' | 'unproven'>;

  /**
   * Removes everything of a subject, enrolments under way too, and its name from the events of its factors; those that somebody is
   * owed keep it until they were told. Gives how many factors there were.
   */
  abstract erase(subject: string, changer: Changer): Promise<number>;

  /** Takes the names of erased subjects out of up to `limit` events that were told since; gives how many. */
  abstract forgetErased(limit: number): Promise<number>;
}
