import type { ConsumedToken } from 'einmal/client';

/** Whom a payment was confirmed by, as a route sees it. */
export interface Paid {
  subject: string | null | undefined;
  tokenId: string | undefined;
}

/** An application whose `POST /payments` needs a fresh approval, and who is logged in is what `X-User` says. */
export interface Shop {
  url: string;
  stop: () => Promise<unknown>;
}

export const paid = (approval: ConsumedToken | undefined): Paid => ({
  subject: approval?.subject,
  tokenId: approval?.tokenId,
});

/** A session's user would be told by the session. */
export const userOf = ({ headers }: { headers: Record<string, string | string[] | undefined> }) =>
  [headers['x-user']].flat()[0];
