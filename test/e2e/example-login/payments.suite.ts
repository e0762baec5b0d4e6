import { describe, expect, it } from 'vitest';
import { passPause } from '../../support/time-passes.js';
import { signsIn, type Stage } from './stage.js';

export function payments(stage: Stage): void {
  describe('a payment', () => {
    it('R74 waits for a code of its own, by keyboard only, and is made for the approved amount only, and once', async () => {
      const { example, ada, visitor } = stage;
      const { page } = visitor;
      const { keyboard } = page;
      const amount = page.getByLabel('Amount in euros');
      await visitor.stopsTime();
      await signsIn(stage);
      await visitor.enters(visitor.link('Make a payment'));
      await visitor.hasFocusOn(page.getByLabel('To', { exact: true }));
      await keyboard.type('Ada Books');
      await visitor.tabsTo(amount);
      await keyboard.type('a lot');
      await keyboard.press('Enter');
      await visitor.sees('An amount is a number of euros');
      await visitor.hasFocusOn(amount);
      const order = { ...(await visitor.hiddenFields()), payee: 'Ada Books', amount: '25,5' };
      await keyboard.press('Control+A');
      await keyboard.type(order.amount);
      await keyboard.press('Enter');

      await visitor.isAt('One moment');
      await visitor.sees('25.50 EUR to Ada Books');
      await visitor.sees('We sent you a code a moment ago.');
      const send = visitor.button('Send a new code');
      await visitor.hasFocusOn(send.and(page.locator('[aria-disabled=true]')));
      await passPause(example.deployment);
      await visitor.seesPass(31);
      await page.getByRole('status').filter({ hasText: 'You can ask for another code now.' }).waitFor();
      await visitor.hasFocusOn(send);
      await keyboard.press('Enter');
      await visitor.isAt('Confirm the payment');
      await visitor.sees('25.50 EUR to Ada Books');
      await visitor.posts('/pay', order);
      await keyboard.type(await example.code(ada, 2));
      await keyboard.press('Enter');
      await visitor.isAt('Pay now?');
      const form = await visitor.hiddenFields();

      await page.evaluate('document.querySelector("[name=amount]").value = "2550.00 EUR"');
      await visitor.hasFocusOn(visitor.button('Pay now'));
      await keyboard.press('Enter');
      await visitor.sees('Another payment than this one was approved. Nothing was paid.');

      await Promise.all([visitor.posts('/pay/confirm', form), visitor.posts('/pay/confirm', form)]);
      await page.goto('/');
      expect(await page.getByRole('listitem').allInnerTexts()).toEqual(['25.50 EUR to Ada Books']);
    });
  });
}
