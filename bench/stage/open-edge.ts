import type { Service } from '../../test/support/service.js';
import type { World } from '../../test/support/world.js';

/** A bench floods with one API key from many addresses. What is measured lies behind the ceiling of a key, so that is lifted. */
export async function openEdge(world: World, service: Service): Promise<void> {
  const key = await world.createOperatorKey();
  const options = { key, body: { perKey: '1000000/10s' }, headers: { 'if-match': '"1"' } };
  const { status } = await service.call('PUT', '/v1/admin/edge', options);
  if (status !== 200) throw new Error(`the ceiling of a key could not be lifted: ${String(status)}`);
}
