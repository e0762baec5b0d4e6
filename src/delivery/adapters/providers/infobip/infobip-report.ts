import type { Report } from '../../../domain/outcome.js';
import { meaningOf, type StatusMap } from '../outcomes/status-map.js';
import { messageIdIn } from '../proofs/message-id.js';
import type { InfobipResult } from './infobip-message.js';
import { INFOBIP_STATUSES } from './infobip-statuses.js';

const HAVE_NOT_FAILED = ['PENDING', 'DELIVERED'];
const NO_ERROR = 'NO_ERROR';

/**
 * What one result of a callback means. An error beside a status that is no failure is one that Infobip still tries to get over.
 *
 * @param statuses the operator's own meanings.
 */
export function readInfobipResult(
  { status, error, messageId }: InfobipResult,
  statuses: StatusMap | undefined,
): Pick<Report, 'status' | 'cause' | 'detail' | 'providerMessageId'> {
  const names = [status.name, HAVE_NOT_FAILED.includes(status.group) ? undefined : error?.name];
  const known = names.filter((name) => name !== undefined && name !== NO_ERROR) as string[];
  const groups = [status.group, `${status.group} ${error?.permanent ? 'permanent' : 'temporary'}`];
  return {
    ...meaningOf([...known, ...groups], statuses, INFOBIP_STATUSES),
    detail: known.join(' ') || status.group || 'no status',
    ...messageIdIn(messageId),
  };
}
