import type { Session } from './sessions.js';

/** Where somebody goes on who is at a page that is not theirs now: by the back button, a bookmark, or because it is done. */
export function whereNext(session: Session | undefined): string {
  if (session?.approved) return '/pay/confirm';
  if (session?.challenge) return '/code';
  if (session?.changed !== undefined) return session.changed;
  return session?.userId === undefined ? '/sign-in' : '/';
}
