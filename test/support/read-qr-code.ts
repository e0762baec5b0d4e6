import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';

const JSQR = createRequire(import.meta.url).resolve('jsqr');

/** What a phone's camera reads in a picture (PNG), by jsQR: a reader that shares nothing with what drew the code. */
export async function readQrCode(browser: Browser, picture: Buffer): Promise<string | null> {
  const page = await browser.newPage();
  try {
    await page.addScriptTag({ path: JSQR });
    const source = `data:image/png;base64,${picture.toString('base64')}`;
    return await page.evaluate<string | null>(`(${READ})('${source}')`);
  } finally {
    await page.close();
  }
}

const READ = `async (source) => {
  const image = new Image();
  image.src = source;
  await image.decode();
  const { width, height } = image;
  const canvas = new OffscreenCanvas(width, height).getContext('2d');
  canvas.drawImage(image, 0, 0);
  return jsQR(canvas.getImageData(0, 0, width, height).data, width, height)?.data ?? null;
}`;
