import { ApiKeys } from './applications/api-keys.js';
import { Applications } from './applications/applications.js';
import type { DataDir } from './platform/data-dir.js';

const ACTOR = 'first start';

/**
 * The embedded mode's application and key, made at the first start and kept in `DATA_DIR/first-key` (mode 0600), so that a
 * newcomer's first call needs no set-up.
 */
export async function firstKey(dataDir: DataDir, applications: Applications, keys: ApiKeys): Promise<string> {
  const [first] = await applications.list();
  if (first) return dataDir.remember('first-key', () => '(made before; this folder has lost its first-key file)');
  const { id } = await applications.create('First', ACTOR);
  const { secret } = await keys.create({ applicationId: id, scopes: ['verify', 'read', 'admin'] }, ACTOR);
  return dataDir.remember('first-key', () => secret);
}
