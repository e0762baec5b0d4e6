import { expect, it, vi } from 'vitest';
import { requireApproval } from './express.js';

const fault = new Error('no such page');
const einmal = { consumeToken: () => Promise.reject(new Error('nobody asks')) };
const response = { statusCode: 200, setHeader: vi.fn(), end: vi.fn() };

it.each([
  [
    'throws',
    () => {
      throw fault;
    },
  ],
  ['rejects', () => Promise.reject(fault)],
])(
  'what a refusal of the shop’s own %s goes to the shop’s error handler, as nothing else would take it',
  async (_, refuse) => {
    const next = vi.fn();
    const guard = requireApproval(einmal, { purpose: 'payment', subject: () => 'ada', refuse });
    await guard({ headers: {} }, response, next);
    expect(next.mock.calls).toEqual([[fault]]);
    expect(response.end).not.toHaveBeenCalled();
  },
);
