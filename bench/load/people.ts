import type { Carrier } from '../stage/carrier.js';
import type { Connection } from './connection.js';
import { get, post } from './request.js';

let people = 0;

/** The German mobile number of somebody no limit has heard of yet, in another block of ten thousand than whoever came before. */
export function somebodysPhone(): string {
  people += 1;
  return `+49151${String(people % 1_000).padStart(3, '0')}${String(10_000 + Math.floor(people / 1_000))}`;
}

/** A verification whose code has arrived. */
export interface Waiting {
  id: string;
  code: string;
  reportPath: string;
}

/** One application's people, behind one service. */
export interface Shop {
  key: string;
  carrier: Carrier;
}

/** Starts a verification and waits for the code, as a login flow does. */
export async function startedLogin(connection: Connection, { key, carrier }: Shop): Promise<Waiting> {
  const phone = somebodysPhone();
  const arrival = carrier.nextTo(phone);
  const { status, body } = await connection.ask(post('/v1/verifications', { to: { phone } }, key));
  if (status !== 202) throw new Error(`start: ${String(status)} ${body}`);
  const { id } = JSON.parse(body) as { id: string };
  return { id, ...(await arrival) };
}

export const checkOf = (id: string, code: string, key: string): Buffer =>
  post(`/v1/verifications/${id}/checks`, { code }, key);

/** Another code of the same length. */
export const wrong = (code: string): string =>
  String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0');

/** A whole login: start, the message, its delivery report, the check. */
export async function wholeLogin(connection: Connection, shop: Shop): Promise<{ status: number; body: string }> {
  const { id, code, reportPath } = await startedLogin(connection, shop);
  const reported = await connection.ask(get(reportPath));
  if (reported.status !== 200) throw new Error(`report: ${String(reported.status)} ${reported.body}`);
  const checked = await connection.ask(checkOf(id, code, shop.key));
  if (checked.status !== 200) throw new Error(`check: ${String(checked.status)} ${checked.body}`);
  return checked;
}
