import type { Session } from './sessions.js';

declare module './sessions.js' {
  interface Session {
    /** The last form that asked for a change, and where its sender goes on. */
    lastForm?: { name: string; next: Promise<string> };
  }
}

/**
 * Does what a form asks for once: the second click of a double click waits for what the first one comes to. For calls that would
 * do something else the second time, as making backup codes would.
 *
 * @param name the form's, of `submissionOf`.
 * @param act gives the path to go on to.
 */
export function oncePerForm(session: Session, name: string, act: () => Promise<string>): Promise<string> {
  if (session.lastForm?.name !== name) session.lastForm = { name, next: act() };
  return session.lastForm.next;
}
