import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.js';
import type { Service } from '../support/service.js';
import { startService } from '../support/start-service.js';

describe('the try-it page, by keyboard only', () => {
  let service: Service;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    service = await startService();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await service.stop();
  });

  beforeEach(async () => {
    complaints = [];
    page = await browser.newPage();
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (line) => {
      const isRefusal = line.text().startsWith('Failed to load resource');
      if (line.type() === 'error' && !isRefusal) complaints.push(line.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(service.url) && !request.url().startsWith('data:')) complaints.push(request.url());
    });
    await page.goto(service.url);
  });
  afterEach(async () => {
    expect(complaints).toEqual([]);
    await page.close();
  });

  /** Presses Tab until the element has the focus: it must be reachable in one round. */
  async function tabTo(target: Locator, key = 'Tab'): Promise<void> {
    for (let presses = 0; presses < 40; presses += 1) {
      if (await isFocused(target)) return;
      await page.keyboard.press(key);
    }
    throw new Error(`${key} never reaches ${String(target)}`);
  }

  async function type(target: Locator, text: string): Promise<void> {
    await tabTo(target);
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
  }

  const phone = () => page.getByLabel('Phone number');
  const codeField = () => page.getByLabel('Code', { exact: true });
  const status = () => page.getByRole('status');
  const arrived = (text: string) => page.getByRole('log').getByRole('listitem').filter({ hasText: text }).last();
  const codeIn = async (message: Locator) => /\d{6}/.exec(await message.locator('.text').innerText())?.[0] ?? '';
  const isFocused = (target: Locator) => target.and(page.locator(':focus')).isVisible();

  async function send(number: string): Promise<void> {
    await type(phone(), number);
    await page.keyboard.press('Enter');
    await codeField().waitFor();
    expect(await isFocused(codeField())).toBe(true);
  }

  async function enter(code: string): Promise<void> {
    await type(codeField(), code);
    await page.keyboard.press('Enter');
  }

  async function expectSignedIn(): Promise<void> {
    const title = page.getByRole('heading', { name: 'You are signed in' });
    await title.waitFor();
    expect(await isFocused(title)).toBe(true);
  }

  it('signs in with the code that arrives beside the form', async () => {
    await send('+49 1503 1214567');
    const message = arrived('+4915031214567');
    await message.waitFor();
    expect(await codeField().getAttribute('autocomplete')).toBe('one-time-code');
    expect(await codeField().getAttribute('inputmode')).toBe('numeric');
    await enter(await codeIn(message));
    await expectSignedIn();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await isFocused(phone())).toBe(true);
  });

  it('tells how many attempts are left after a wrong code', async () => {
    await send('+49 1503 1224567');
    const message = arrived('+4915031224567');
    await message.waitFor();
    const code = await codeIn(message);
    await enter(code === '000000' ? '000001' : '000000');
    await status().filter({ hasText: '4 attempts left' }).waitFor();
    await page.locator('#budget').filter({ hasText: '4 attempts left' }).waitFor();
    await enter(code);
    await expectSignedIn();
  });

  it('shows the fallback to a call, and why, when the SMS fails', async () => {
    await tabTo(page.getByRole('button', { name: 'SMS fails' }));
    await page.keyboard.press('Enter');
    expect(await phone().inputValue()).toMatch(/00002$/);
    await tabTo(page.getByRole('button', { name: 'Send code' }), 'Shift+Tab');
    await page.keyboard.press('Enter');
    await status().filter({ hasText: 'We called' }).waitFor();
    await arrived('Failed').waitFor();
    await page
      .locator('#timeline')
      .filter({ hasText: /sms failed/i })
      .waitFor();
    await tabTo(page.getByRole('button', { name: /^Type \d{6}/ }));
    await page.keyboard.press('Enter');
    expect(await isFocused(codeField())).toBe(true);
    await page.keyboard.press('Enter');
    await expectSignedIn();
  });

  it('offers another message only when it may be asked for', async () => {
    await send('+49 1503 1234567');
    const again = page.getByRole('button', { name: 'Call me instead' });
    await again.waitFor();
    expect(await again.isDisabled()).toBe(true);
    await page.getByText(/You can ask for another in \d+ s/).waitFor();
  });
});
