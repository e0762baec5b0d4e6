import { ApiKeys } from './applications/api-keys.js';
import { Applications } from './applications/applications.js';
import { EVERY_COUNTRY } from './applications/country-settings.js';
import type { DataDir } from './platform/data-dir.js';

const ACTOR = 'first start';
const FILE = 'first-key';

/**
 * The embedded mode's key, made once and kept in `DATA_DIR/first-key` (mode 0600), so that a newcomer's first call needs no
 * set-up. It belongs to the oldest application, which is made where there is none.
 */
export async function firstKey(dataDir: DataDir, applications: Applications, keys: ApiKeys): Promise<string> {
  const kept = dataDir.recall(FILE);
  if (kept) return kept;
  const { id } = (await applications.oldest()) ?? (await applications.create('Example', ACTOR, EVERY_COUNTRY));
  const { secret } = await keys.create({ applicationId: id, scopes: ['verify', 'read', 'admin'] }, { keyId: ACTOR });
  return dataDir.remember(FILE, () => secret);
}
