import type { ReportRequest } from '../../../application/provider.js';
import { readJson, reportsSchema, type InfobipResult } from './infobip-message.js';

/** `callbackData` of a message: its attempt and the MAC of that, so that each result of a callback can speak for itself. */
export const callbackData = (attemptId: string, mac: string): string => `${attemptId}/${mac}`;

/**
 * What a callback says, of the attempts that it has been shown to be about. Infobip signs nothing: the path proves its own attempt,
 * and a result's callback data any other.
 *
 * @returns null when nothing proves anything.
 */
export function authenticResults(
  { attemptId: ofPath, rawBody }: ReportRequest,
  isOurs: (attemptId: string, mac: string) => boolean,
): { attemptId: string; result: InfobipResult }[] | null {
  const results = readJson(reportsSchema, rawBody.toString('utf8'))?.results ?? [];
  const told = results.flatMap((result) => {
    const attemptId = provenBy(result, isOurs) ?? (isOfPath(result, results, ofPath) ? ofPath : undefined);
    return attemptId === undefined ? [] : [{ attemptId, result }];
  });
  return ofPath === undefined && told.length === 0 ? null : told;
}

function provenBy(result: InfobipResult, isOurs: (attemptId: string, mac: string) => boolean): string | undefined {
  const [, attemptId = '', mac = ''] = /^([\w-]{1,64})\/([\w-]{1,64})$/.exec(result.callbackData ?? '') ?? [];
  return attemptId !== '' && isOurs(attemptId, mac) ? attemptId : undefined;
}

/** Among several only the one with its id, which is the attempt's; one alone may have been given another id by Infobip. */
const isOfPath = ({ messageId }: InfobipResult, results: InfobipResult[], ofPath: string | undefined): boolean =>
  results.length === 1 || messageId === ofPath;
