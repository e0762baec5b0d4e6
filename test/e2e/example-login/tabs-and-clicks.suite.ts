import { describe, expect, it } from 'vitest';
import { PASSWORD } from '../../support/example-login.js';
import { CODE, givesPassword, HOME, type Stage } from './stage.js';

export function tabsAndClicks(stage: Stage): void {
  describe('what people do twice', () => {
    it('R25 lets a double click in, and each of two clicks of which neither waits for the other', async () => {
      const { example, ada, visitor } = stage;
      await givesPassword(stage);
      const form = { ...(await visitor.hiddenFields()), code: await example.code(ada) };
      const clicks = await Promise.all([visitor.posts('/code', form), visitor.posts('/code', form)]);
      for (const click of clicks) expect([click.status(), click.headers()['location']]).toEqual([303, '/']);
      const [one, another] = clicks.map((click) => click.headers()['set-cookie']);
      expect(one).not.toBe(another);
      // A page that is still on its way to the browser may take the place of this one; where that leads is what counts.
      await visitor.page.goto('/code').catch(() => visitor.page.goto('/code'));
      await visitor.isAt(HOME);
    });

    it('R23 keeps two tabs apart: the form of one spends no attempt of the other', async () => {
      const { example, ada, visitor } = stage;
      const ben = await example.person();
      await givesPassword(stage);
      const other = await visitor.otherTab();
      await givesPassword({ visitor: other, ada: ben });
      await visitor.turnsToThisTab();
      await visitor.types(await example.code(ada));
      await visitor.sees('You have started something else in another tab.');
      await visitor.sees('5 attempts left.');
      const code = await example.code(ben);
      await visitor.types(code);
      await visitor.sees(`You are signed in as ${ben.name}.`);
      await other.turnsToThisTab();
      await other.types(code);
      await other.isAt(HOME);
    });

    it('waits for the same code when somebody goes back and gives the password again', async () => {
      const { example, ada, visitor } = stage;
      await visitor.page.goto('/sign-in');
      await visitor.page.getByLabel('Name').fill(ada.name);
      await visitor.page.getByLabel('Password').fill(PASSWORD);
      await visitor.button('Continue').dblclick();
      await visitor.isAt(CODE);
      await givesPassword(stage);
      const code = await example.code(ada);
      expect(await example.messages(ada, 1)).toHaveLength(1);
      await visitor.types(code);
      await visitor.isAt(HOME);
    });

    it('takes no form that another site sent', async () => {
      const { ada, visitor } = stage;
      const form = { name: ada.name, password: PASSWORD };
      const replies = await Promise.all([
        visitor.posts('/sign-in', form, { 'Sec-Fetch-Site': 'cross-site' }),
        visitor.posts('/sign-in', form, { 'Sec-Fetch-Site': 'same-site' }),
        visitor.posts('/sign-in', form, { Origin: 'https://shop.example' }),
        visitor.posts('/sign-in', form, {}),
      ]);
      expect(replies.map((reply) => reply.status())).toEqual([403, 403, 403, 403]);
    });
  });
}
