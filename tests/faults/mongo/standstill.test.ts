import { describe, expect, test } from 'vitest';
import { inCamp } from '../siege/camp.ts';
import { mongoGround } from '../siege/ground.ts';
import type { Protection } from '../siege/protections.ts';
import { freeze, type StandstillAftermath } from '../siege/stop-siege.ts';
import type { Moment } from '../siege/strikes.ts';

async function siege(
  moments: readonly Moment[],
  without: readonly Protection[] = [],
): Promise<StandstillAftermath> {
  return inCamp(await mongoGround(), (camp) => freeze(camp, moments), { without, isPrompt: true });
}

describe('a server that stood still for longer than its leases', () => {
  test('[F4] sends nothing that another has taken over, and takes up its work where the others left it', async () => {
    const moments: readonly Moment[] = [
      'after_turn',
      'before_turn',
      'after_send',
      'before_send',
      'after_insert',
      'before_result',
      'after_turn',
      'after_result',
    ];
    const aftermath = await siege(moments);
    expect(aftermath).toEqual({ stops: moments.length, unfinished: 0, differences: [], sentTwice: [] });
  }, 300_000);

  test('[F4] is found to send twice when it does not look at the clock', async () => {
    const { sentTwice } = await siege(['after_turn', 'after_turn', 'after_turn'], ['lease']);
    expect(sentTwice).not.toEqual([]);
  }, 120_000);
});
