import { chromium, type Browser } from 'playwright-core';
import { CHROMIUM, program } from './servers/programs.js';

const ARGUMENTS = [
  '--headless=new',
  // A container often lets no process make a sandbox, and the browser sees only our own pages.
  '--no-sandbox',
  '--disable-gpu',
  // It must not ask anybody on the internet for anything.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/** A headless Chromium. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await program(CHROMIUM), args: ARGUMENTS });
}
