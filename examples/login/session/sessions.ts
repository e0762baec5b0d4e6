import type { Request, Response } from 'express';
import { randomBytes } from 'node:crypto';

const MINUTE_MS = 60_000;
/** Signed in: without a request. */
const IDLE_MS = 30 * MINUTE_MS;
/** From the password on, whatever is asked for meanwhile. */
const SIGNING_IN_MS = 15 * MINUTE_MS;

/**
 * What the server knows of a browser. The browser itself holds a random name of it and nothing else. What other folders keep in a
 * session they declare themselves, as with `express-session`: second-step/challenge.ts and payment/payment.ts.
 */
export interface Session {
  /** Whose it is, when both steps are done. */
  userId?: string;
}

interface Kept {
  session: Session;
  endsAt: number;
}

/** Sessions by the random value of a cookie that no script can read. In memory; yours are where all your processes see them. */
export class Sessions {
  private readonly kept = new Map<string, Kept>();
  private readonly cookie: string;

  /** @param secure whether the site is served by https; a `__Host-` cookie can not be set by a neighbour domain. */
  constructor(private readonly secure: boolean) {
    this.cookie = secure ? '__Host-session' : 'session';
  }

  /** The session that the request's cookie names; undefined where there is none, or it has ended. */
  of(request: Request): Session | undefined {
    const kept = this.kept.get(this.idOf(request));
    if (!kept || kept.endsAt < Date.now()) return undefined;
    if (kept.session.userId !== undefined) kept.endsAt = Date.now() + IDLE_MS;
    return kept.session;
  }

  /**
   * Begins a session under a new name, at each step of signing in: a name that somebody knew before is worth nothing after
   * (session fixation). What the old name had stays with it: a second click on a button still finds it, and gets no further
   * than whoever typed the code.
   */
  begin(response: Response, session: Session): void {
    this.forgetEnded();
    const id = randomBytes(32).toString('base64url');
    this.kept.set(id, { session, endsAt: Date.now() + (session.userId === undefined ? SIGNING_IN_MS : IDLE_MS) });
    response.cookie(this.cookie, id, { httpOnly: true, sameSite: 'lax', secure: this.secure, path: '/' });
  }

  end(request: Request, response: Response): void {
    this.kept.delete(this.idOf(request));
    response.clearCookie(this.cookie, { httpOnly: true, sameSite: 'lax', secure: this.secure, path: '/' });
  }

  private idOf(request: Request): string {
    const cookies = (request.get('cookie') ?? '').split(';').map((cookie) => cookie.trim());
    return cookies.find((cookie) => cookie.startsWith(`${this.cookie}=`))?.slice(this.cookie.length + 1) ?? '';
  }

  private forgetEnded(): void {
    for (const [id, { endsAt }] of this.kept) if (endsAt < Date.now()) this.kept.delete(id);
  }
}
