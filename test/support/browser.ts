import { chromium, type Browser } from 'playwright-core';
import { program } from './servers/programs.js';

/** A headless Chromium without a sandbox of its own, because in a container it often may not have one; it sees only our pages. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = await program({
    names: ['chromium', 'chromium-browser', 'google-chrome'],
    package: 'chromium',
  });
  return chromium.launch({ executablePath, args: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
}
