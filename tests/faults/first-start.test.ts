import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Camp, inCamp } from './siege/camp.ts';
import { groundOfProject } from './siege/ground.ts';

const touchpointsSchema = z.object({ items: z.array(z.object({ touchpointId: z.string() })) });

async function touchpointsAfter(camp: Camp): Promise<string[]> {
  const { url } = await camp.start();
  const response = await fetch(`${url}/channels/web/touchpoints`);
  const { items } = touchpointsSchema.parse(await response.json());
  return items.map(({ touchpointId }) => touchpointId);
}

test('[F1] a first start that was killed halfway is completed by the next one', async () => {
  await inCamp(await groundOfProject(), async (camp) => {
    const killed = await camp.start({ strike: { moment: 'before_publish', on: 3, signal: 'SIGKILL' } });
    expect(killed.url).toBe('');
    expect(await touchpointsAfter(camp)).toHaveLength(6);
  });
}, 60_000);
