import { newPhone } from '../login.js';

/** What the shop's session holds; one for everybody, for there is one visitor. */
export interface Session {
  pending?: { id: string; userId: string };
  userId?: string;
}

/** A shop with a password login to which a page's code was added, as its text says. */
export interface DocumentedLogin {
  url: string;
  session: Session;
  stop: () => Promise<unknown>;
}

interface User {
  id: string;
  phone?: string | undefined;
  email?: string | undefined;
  locale: string;
}

/** Whoever knows the password at once. */
export const USER: User = { id: 'user-4711', phone: newPhone(), email: 'ada@shop.example', locale: 'en' };

/** What `signIn` is in a shop. */
export function signIn(request: { session: Session }, userId: string): void {
  request.session.userId = userId;
}

/** Calls of the client that a login makes; the others change what people have enrolled. */
export const LOGIN_CALLS = [
  ...(['startVerification', 'checkCode', 'resendCode', 'cancelVerification', 'readVerification'] as const),
  'consumeToken',
] as const;
