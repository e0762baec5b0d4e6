import type { Answer } from '../asking/answer.js';
import type { CallName } from './carried.js';

type Body = Record<string, unknown>;

const named = ({ id }: Body) => typeof id === 'string';
/** A check is approved by nothing less than the word. */
const approved = (body: Body) => named(body) && body['status'] === 'approved';
const nothing = () => true;

/** What an answer must hold at least to be one of the service, by call. */
const HOLDS: Record<CallName, (body: Body) => boolean> = {
  startVerification: named,
  checkCode: approved,
  resendCode: named,
  cancelVerification: named,
  readVerification: named,
  consumeToken: ({ tokenId }) => typeof tokenId === 'string',
  checkFactor: approved,
  createFactor: ({ secret }) => typeof secret === 'string',
  activateFactor: (body) => named(body) && body['status'] === 'active',
  createBackupCodes: ({ backupCodes }) => Array.isArray(backupCodes),
  searchFactors: ({ factors }) => Array.isArray(factors),
  readFactor: named,
  renameFactor: named,
  removeFactor: nothing,
  importFactors: ({ results }) => Array.isArray(results),
  unlockFactor: nothing,
  eraseFactors: ({ factors }) => typeof factors === 'number',
};

/** Whether it is what was asked for: a 2xx of the service, and not a page of somebody between. */
export function isDone(name: CallName, { status, body }: Answer): boolean {
  if (HOLDS[name] === nothing) return status === 204;
  if (status < 200 || status > 299 || typeof body !== 'object' || body === null) return false;
  return HOLDS[name](body as Body);
}
