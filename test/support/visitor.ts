import type { APIResponse, BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const PATIENCE_MS = 30_000;
/** What a browser says of a form of the site itself. */
const FROM_OUR_PAGE: Record<string, string> = { 'Sec-Fetch-Site': 'same-origin' };

/** Somebody at examples/login, in a browser of their own. */
export class Visitor {
  /** What a page must never have: errors, violations of its security policy, requests to anybody else. */
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async in(context: BrowserContext): Promise<Visitor> {
    context.setDefaultTimeout(PATIENCE_MS);
    const visitor = new Visitor(context, await context.newPage());
    context.on('weberror', (error) => visitor.complaints.push(error.error().message));
    context.on('console', (line) => {
      const isRefusal = line.text().startsWith('Failed to load resource');
      if (line.type() === 'error' && !isRefusal) visitor.complaints.push(line.text());
    });
    context.on('request', (request) => {
      const isOurs = request.url().startsWith('http://localhost:') || request.url().startsWith('data:');
      if (!isOurs) visitor.complaints.push(request.url());
    });
    return visitor;
  }

  /** The same browser's other tab. */
  async otherTab(): Promise<Visitor> {
    return new Visitor(this.context, await this.context.newPage());
  }

  /** As people do before they click. A browser hardly draws a tab that nobody looks at, and clicks there take a second each. */
  async turnsToThisTab(): Promise<void> {
    await this.page.bringToFront();
  }

  get code(): Locator {
    return this.page.getByLabel('Code', { exact: true });
  }

  get problem(): Locator {
    return this.page.getByRole('alert');
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  link(name: string): Locator {
    return this.page.getByRole('link', { name, exact: true });
  }

  /** Waits for the page of this heading. */
  async isAt(heading: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }

  /**
   * From the next page on the browser's time stands still, so that no countdown depends on how long a test takes; it goes on by
   * `seesPass`.
   */
  async stopsTime(): Promise<void> {
    await this.page.clock.install({ time: 0 });
    await this.page.clock.pauseAt(1_000);
  }

  /** A countdown of the page has this much less left. */
  async seesPass(seconds: number): Promise<void> {
    await this.page.clock.fastForward(seconds * 1_000);
  }

  /** Waits until the script of the code page has begun its work. */
  async hasScript(): Promise<void> {
    await this.page.locator('button[aria-disabled]').first().waitFor();
  }

  /** Waits for these words, wherever they stand. */
  async sees(words: string | RegExp): Promise<void> {
    await this.page.getByText(words).first().waitFor();
  }

  async givesPassword(name: string, password: string): Promise<void> {
    await this.page.goto('/sign-in');
    await this.page.getByLabel('Name').fill(name);
    await this.page.getByLabel('Password').fill(password);
    await this.button('Continue').click();
  }

  async types(code: string): Promise<void> {
    await this.code.fill(code);
    await this.button('Continue').click();
  }

  /** Gets to the element by the keyboard alone, and presses Enter. */
  async enters(target: Locator): Promise<void> {
    await this.tabsTo(target);
    await this.page.keyboard.press('Enter');
  }

  async follows(link: string): Promise<void> {
    await this.link(link).click();
  }

  /** What the first form of the page sends beside what is typed. */
  async hiddenFields(): Promise<Record<string, string>> {
    const fields = await this.page.locator('form').first().locator('input[type=hidden]').all();
    const read = (field: Locator, name: string) => field.getAttribute(name).then((value) => value ?? '');
    const pairs = fields.map((field) => Promise.all([read(field, 'name'), read(field, 'value')]));
    return Object.fromEntries(await Promise.all(pairs));
  }

  /** Sends a form beside the page, with the cookies that the browser has now. */
  posts(path: string, form: Record<string, string>, headers = FROM_OUR_PAGE): Promise<APIResponse> {
    return this.context.request.post(path, { form, maxRedirects: 0, headers });
  }

  /** @throws when a page has complained. */
  async leaves(): Promise<void> {
    await this.context.close();
    expect(this.complaints).toEqual([]);
  }

  /** Presses Tab until the element has the focus: it must be reachable in one round. */
  async tabsTo(target: Locator): Promise<void> {
    for (let presses = 0; presses < 20; presses += 1) {
      if (await this.focused(target).isVisible()) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab never reaches ${String(target)}`);
  }

  /** Waits until the element has the focus, which a page gives as soon as it is there. */
  hasFocusOn(target: Locator): Promise<void> {
    return this.focused(target).waitFor();
  }

  private focused(target: Locator): Locator {
    return target.and(this.page.locator(':focus'));
  }
}
