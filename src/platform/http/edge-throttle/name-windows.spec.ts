import { expect, test } from 'vitest';
import { NameWindows } from './name-windows.js';

test('a name keeps its window until it ends, and then has a new one', () => {
  const windows = new NameWindows();
  windows.at('192.0.2.7', 0, 10_000).hits = 5;

  expect(windows.at('192.0.2.7', 9_999, 10_000).hits).toBe(5);
  expect(windows.at('192.0.2.7', 10_000, 10_000)).toMatchObject({ hits: 0, endsAtMs: 20_000 });
});

test('a window that began late in one generation lasts into the next', () => {
  const windows = new NameWindows();
  windows.at('192.0.2.7', 0, 10_000);
  windows.at('192.0.2.8', 9_000, 10_000).hits = 5;
  windows.at('192.0.2.7', 12_000, 10_000);

  expect(windows.at('192.0.2.8', 18_999, 10_000).hits).toBe(5);
});

test('no more names are remembered than called within two windows', () => {
  const windows = new NameWindows();
  for (let i = 0; i < 50_000; i++) windows.at(`address-${String(i)}`, i, 1_000);

  expect(windows.size).toBeLessThanOrEqual(2_000);
});

test('lengths that nobody uses any more are forgotten, and not the one in use', () => {
  const windows = new NameWindows();
  windows.at('192.0.2.7', 0, 10_000).hits = 5;
  for (let lengthMs = 1_000; lengthMs <= 60_000; lengthMs += 2_000) {
    windows.at('192.0.2.7', 1, lengthMs);
    windows.at('192.0.2.7', 1, 10_000);
  }

  expect(windows.at('192.0.2.7', 2, 10_000).hits).toBe(5);
  expect(windows.size).toBeLessThanOrEqual(8);
});
