import { oathCode, scanned, type Authenticator } from '../../support/oathtool.js';
import { readQrCode } from '../../support/read-qr-code.js';
import { passTimeSteps } from '../../support/time-passes.js';
import type { Stage } from './stage.js';

export const FACTORS = 'Authenticators and backup codes';

export interface WithApp {
  factorId: string;
  app: Authenticator;
  backupCodes: string[];
}

/** Gives somebody an authenticator and backup codes some while ago, beside the page. */
export async function enrolled({ example, ada }: Stage): Promise<WithApp> {
  const begun = await example.einmal.createFactor({ subject: ada.id, label: 'Phone' });
  if (!begun.ok) throw new Error(begun.error.detail);
  const app = { secret: begun.data.secret };
  const activated = await example.einmal.activateFactor(begun.data.id, { code: await oathCode(app) });
  if (!activated.ok) throw new Error(activated.error.detail);
  await passTimeSteps(example.deployment, ada.id);
  return { factorId: begun.data.id, app, backupCodes: activated.data.backupCodes ?? [] };
}

/** What a phone's camera sees on the page that adds an authenticator. */
export async function scans({ example, visitor }: Stage): Promise<Authenticator> {
  const uri = await readQrCode(example.browser, await visitor.page.screenshot());
  if (uri === null) throw new Error('There is no QR code to be read.');
  return scanned(uri);
}

/** The backup codes on the page. */
export function codesOn({ visitor }: Stage): Promise<string[]> {
  return visitor.page.locator('#codes code').allInnerTexts();
}

/** How often backup codes were made for somebody who has used none. */
export async function timesMade({ example, ada }: Stage): Promise<number> {
  const [list] = await example.deployment.database.query<{ told: number }>(
    `SELECT last_event::int AS told FROM factors WHERE subject = $1 AND channel = 'backup-code'`,
    [ada.id],
  );
  return list?.told ?? 0;
}
