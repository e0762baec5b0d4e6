import { describe, expect, it } from 'vitest';
import { PASSWORD } from '../../support/example-login.js';
import { oathCode } from '../../support/oathtool.js';
import { passTimeSteps } from '../../support/time-passes.js';
import { givesPassword, HOME, signsIn, type Stage } from './stage.js';
import { codesOn, enrolled, FACTORS, scans, timesMade } from './with-app.js';

const CONFIRM = 'Confirm the change';
const ADD = 'Add an authenticator';
const KEEP = 'Keep these backup codes';

export function factors(stage: Stage): void {
  describe('the page of authenticators and backup codes', () => {
    it('R66 R71 adds one by camera; it is asked for before any message is sent, and each code works once', async () => {
      const { example, ada, visitor } = stage;
      const { page } = visitor;
      await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await signsIn(stage);
      await visitor.enters(visitor.link(FACTORS));
      await visitor.tabsTo(page.getByLabel('Name of the new authenticator'));
      await page.keyboard.type('Phone');
      await page.keyboard.press('Enter');
      await visitor.isAt(ADD);
      const app = await scans(stage);
      await visitor.tabsTo(page.getByLabel('Type the code that the app shows'));
      await page.keyboard.type('000000');
      await page.keyboard.press('Enter');
      await visitor.problem.filter({ hasText: 'This is not the code.' }).waitFor();
      const first = await oathCode(app);
      await page.keyboard.type(first);
      await page.keyboard.press('Enter');
      await visitor.isAt(KEEP);
      const codes = await codesOn(stage);
      expect(new Set(codes).size).toBe(10);
      await visitor.sees('Your authenticator was added.');
      await visitor.enters(visitor.button('Copy them'));
      await visitor.sees('Copied.');
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(codes.join('\n'));
      await visitor.enters(visitor.button('I have kept them'));
      await visitor.sees('From now on these backup codes work, and no others.');
      await page.goto('/factors/codes');
      await visitor.isAt(FACTORS);
      await page.goto('/');
      await visitor.button('Sign out').click();

      await givesPassword(stage);
      await visitor.sees('Type the code that your authenticator app shows (Phone).');
      await visitor.types(first);
      await visitor.problem.filter({ hasText: 'This code was used before, and each works once.' }).waitFor();
      await passTimeSteps(example.deployment, ada.id);
      await visitor.types(await oathCode(app));
      await visitor.isAt(HOME);
      expect(await example.messages(ada, 1)).toHaveLength(1);
    });

    it('R73 changes nothing without a code of a factor, which no message replaces', async () => {
      const { example, ada, visitor } = stage;
      const { page } = visitor;
      const { app, backupCodes } = await enrolled(stage);
      const labels = () => page.locator('.factors strong').allInnerTexts();
      await givesPassword(stage);
      await visitor.types(await oathCode(app));
      await visitor.isAt(HOME);
      await visitor.follows(FACTORS);
      await page.getByText('Rename or remove “Phone”').click();
      await page.getByLabel('New name for “Phone”').fill('Old phone');
      await visitor.button('Rename').click();
      await visitor.sees('It has its new name.');

      await page.getByLabel('Name of the new authenticator').fill('Tablet');
      await visitor.button('Add another authenticator').click();
      await visitor.isAt(CONFIRM);
      await visitor.sees('Add the authenticator “Tablet”');
      expect(await visitor.button('Send an SMS').count()).toBe(0);
      await passTimeSteps(example.deployment, ada.id);
      await visitor.types(await oathCode(app));
      await visitor.isAt(ADD);
      const tablet = await scans(stage);
      await page.getByLabel('Type the code that the app shows').fill(await oathCode(tablet));
      await visitor.button('Add the authenticator').click();
      await visitor.sees('Your authenticator was added.');
      expect(await labels()).toEqual(['Old phone', 'Tablet']);

      await page.getByText('Rename or remove “Old phone”').click();
      await visitor.button('Remove “Old phone”').click();
      await visitor.isAt(CONFIRM);
      await visitor.button('Use a backup code').click();
      await page.getByLabel('Backup code').fill(backupCodes[0] ?? '');
      await visitor.button('Continue').click();
      await visitor.sees('The authenticator was removed.');
      expect(await labels()).toEqual(['Tablet']);
      await visitor.sees('9 codes are left');
    });

    it('R72 R25 makes ten new codes once, though both clicks are answered, and the old ones are void', async () => {
      const { example, ada, visitor } = stage;
      const { app, backupCodes } = await enrolled(stage);
      await givesPassword(stage);
      await visitor.types(await oathCode(app));
      await visitor.isAt(HOME);
      await visitor.follows(FACTORS);
      await visitor.button('Make ten new codes').click();
      await visitor.isAt(CONFIRM);
      await passTimeSteps(example.deployment, ada.id);
      const form = { ...(await visitor.hiddenFields()), code: await oathCode(app) };
      const clicks = await Promise.all([visitor.posts('/code', form), visitor.posts('/code', form)]);
      expect(clicks.map((click) => click.headers()['location'])).toEqual(['/factors/codes', '/factors/codes']);
      await visitor.page.goto('/factors/codes');
      const fresh = await codesOn(stage);
      expect(await timesMade(stage)).toBe(2);
      await visitor.button('I have kept them').click();
      await visitor.sees('From now on these backup codes work, and no others.');
      await visitor.page.goto('/');
      await visitor.button('Sign out').click();
      await givesPassword(stage);
      await visitor.button('Use a backup code').click();
      const field = visitor.page.getByLabel('Backup code');
      await field.fill(backupCodes[0] ?? '');
      await visitor.button('Continue').click();
      await visitor.problem.filter({ hasText: 'This is not the code.' }).waitFor();
      await field.fill(fresh[9] ?? '');
      await visitor.button('Continue').click();
      await visitor.isAt(HOME);
    });

    it('needs no JavaScript and 320 pixels, in German too', async () => {
      const { example, ada } = stage;
      const how = { javaScriptEnabled: false, locale: 'de-AT', viewport: { width: 320, height: 800 } };
      const visitor = await example.visit(how);
      const { page } = visitor;
      const fits = async () => {
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
      };
      await page.goto('/sign-in');
      await page.getByLabel('Name').fill(ada.name);
      await page.getByLabel('Passwort').fill(PASSWORD);
      await visitor.button('Weiter').click();
      await visitor.code.fill(await example.code(ada));
      await visitor.button('Weiter').click();
      await visitor.follows('Authenticator-Apps und Ersatzcodes');
      await fits();
      await visitor.button('Eine Authenticator-App hinzufügen').click();
      await fits();
      const app = { secret: (await page.locator('#key').innerText()).replaceAll(' ', '') };
      expect(await visitor.button('Den Schlüssel kopieren').count()).toBe(0);
      await page.getByLabel('Geben Sie den Code ein, den die App dann zeigt').fill(await oathCode(app));
      await visitor.button('Die App hinzufügen').dblclick();
      await visitor.isAt('Bewahren Sie diese Ersatzcodes auf');
      await fits();
      const [code = ''] = await page.locator('#codes code').allInnerTexts();
      await visitor.button('Ich habe sie aufbewahrt').click();
      await page.getByText('„Authenticator-App“ umbenennen oder entfernen').click();
      await fits();
      await visitor.button('„Authenticator-App“ entfernen').click();
      await visitor.isAt('Bestätigen Sie die Änderung');
      await visitor.button('Einen Ersatzcode benutzen').click();
      await fits();
      await page.getByLabel('Ersatzcode', { exact: true }).fill('1234567890123');
      await visitor.button('Weiter').click();
      await visitor.button('Weiter').click();
      await page.getByLabel('Ersatzcode', { exact: true }).fill(code);
      await visitor.button('Weiter').click();
      await visitor.sees('Die Authenticator-App wurde entfernt.');
      await visitor.sees('Noch keine.');
      await visitor.leaves();
    });
  });
}
