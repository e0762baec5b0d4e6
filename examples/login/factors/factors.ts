import type { Einmal, Factor } from 'einmal/client';
import type { FactorChange } from '../second-step/factor-change.js';
import { noted } from '../second-step/noted.js';
import type { Trouble } from '../second-step/trouble.js';
import type { Session } from '../session/sessions.js';
import type { User } from '../users/users.js';

/** Who asks, and what the server knows of them. */
export interface Owner {
  session: Session;
  user: User;
}

/** That a code of a factor was right, for just this change. */
export interface Proof {
  approvalToken: string;
  idempotencyKey: string;
}

const CODES_UNSEEN: Trouble = { code: 'already-active' };

export const LIST = '/factors';
export const ENROL = '/factors/new';
export const CODES = '/factors/codes';

/** Einmal's calls about somebody's authenticators and backup codes. What changes something tells where to go on. */
export class Factors {
  constructor(private readonly einmal: Einmal) {}

  async of({ id }: User): Promise<Factor[] | Trouble> {
    const found = await this.einmal.searchFactors({ subject: id });
    return found.ok ? found.data.factors : noted(found.error);
  }

  /** @param proof undefined: for somebody's first. The service asks for one wherever there is a factor. */
  async change(owner: Owner, change: FactorChange, proof?: Proof): Promise<string> {
    switch (change.do) {
      case 'add':
        return this.enrol(owner, change.label, proof);
      case 'remove':
        return this.remove(owner, change.id, proof);
      case 'renew-codes':
        return this.renewCodes(owner, proof);
    }
  }

  /** Takes the first code of a new authenticator. From then on it is a factor; that code itself signs nobody in. */
  async activate({ session, user }: Owner, code: string): Promise<string> {
    if (!session.enrolment) return LIST;
    const activated = await this.einmal.activateFactor(session.enrolment.id, { code });
    if (!activated.ok) return this.notActivated(session, noted(activated.error));
    session.enrolment = undefined;
    session.newCodes = activated.data.backupCodes ?? undefined;
    session.news = session.newCodes || !(await this.isOnly(user)) ? { done: 'added' } : { trouble: CODES_UNSEEN };
    return session.newCodes ? CODES : LIST;
  }

  async rename({ session }: Owner, id: string, label: string): Promise<string> {
    const renamed = await this.einmal.renameFactor(id, { label });
    session.news = renamed.ok ? { done: 'renamed' } : { trouble: noted(renamed.error) };
    return LIST;
  }

  private notActivated(session: Session, trouble: Trouble): string {
    const isOver = ['enrolment-ended', 'not-found', 'already-active'].includes(trouble.code);
    if (isOver) session.enrolment = undefined;
    // Another enrolment took its place, in another tab.
    session.news = { trouble: trouble.code === 'not-found' ? { code: 'enrolment-ended' } : trouble };
    return isOver ? LIST : ENROL;
  }

  /** With one's only authenticator there are always new backup codes; where none came along, an answer was lost. */
  private async isOnly(user: User): Promise<boolean> {
    const theirs = await this.of(user);
    return Array.isArray(theirs) && theirs.filter(({ channel }) => channel === 'totp').length === 1;
  }

  private async enrol({ session, user }: Owner, label: string, proof?: Proof): Promise<string> {
    const begun = await this.einmal.createFactor(
      { subject: user.id, label, issuer: 'Example Shop', account: user.name },
      proof,
    );
    if (begun.ok) session.enrolment = begun.data;
    else session.news = { trouble: noted(begun.error) };
    return begun.ok ? ENROL : LIST;
  }

  private async remove({ session }: Owner, id: string, proof?: Proof): Promise<string> {
    const removed = await this.einmal.removeFactor(id, proof);
    const isGone = removed.ok || removed.error.code === 'not-found';
    session.news = isGone ? { done: 'removed' } : { trouble: noted(removed.error) };
    return LIST;
  }

  private async renewCodes({ session, user }: Owner, proof?: Proof): Promise<string> {
    const made = await this.einmal.createBackupCodes({ subject: user.id }, proof);
    if (made.ok) session.newCodes = made.data.backupCodes;
    else session.news = { trouble: noted(made.error) };
    return made.ok ? CODES : LIST;
  }
}
