import type { Callbacks } from './callbacks.js';
import type { ReportRequest } from './provider.js';

/** A request at an address that a vendor calls back, as it came; `mac` stands in the path beside the attempt's id. */
export interface VendorCallback {
  providerId: string;
  attemptId?: string;
  mac?: string;
  method: string;
  /** Path and query. */
  path: string;
  headers: Record<string, string>;
  rawBody: Buffer;
}

/** The same as a provider reads it: at the address that the vendor knows, which is what it signs. The MAC is checked before. */
export function asSigned({ attemptId, method, path, headers, rawBody }: VendorCallback, to: Callbacks): ReportRequest {
  const url = to.publicUrl(path);
  const query = Object.fromEntries(new URL(url).searchParams);
  return { method, url, query, headers, rawBody, ...(attemptId !== undefined && { attemptId }) };
}
