import { expect, test } from 'vitest';
import type { Credential } from '../../../src/store/records.ts';
import type { Subject } from '../store.ts';
import { meet, moment } from './sample.ts';

export function credentials({ store }: Subject): void {
  const link: Credential = { hash: 'h1', kind: 'admin_link', createdAt: moment(), expiresAt: moment(60) };
  const survey: Credential = {
    hash: 'h1',
    kind: 'survey_link',
    createdAt: moment(),
    expiresAt: moment(60),
    survey: { touchpointId: 'purchase', contactId: 'ada', sessionId: 'session' },
  };

  test('a credential is found by kind and hash until its time has passed', async () => {
    await store().saveCredential(link);
    await store().saveCredential(survey);
    expect(await store().findCredential('admin_link', 'h1', moment(59))).toEqual(link);
    expect(await store().findCredential('survey_link', 'h1', moment(59))).toEqual(survey);
    expect(await store().findCredential('admin_link', 'h1', moment(60))).toBeUndefined();
    expect(await store().findCredential('staff_session', 'h1', moment(0))).toBeUndefined();
    expect(await store().findCredential('admin_link', 'h2', moment(0))).toBeUndefined();
  });

  test('finding uses nothing up', async () => {
    await store().saveCredential(link);
    await store().findCredential('admin_link', 'h1', moment());
    expect(await store().findCredential('admin_link', 'h1', moment())).toEqual(link);
  });

  test('of six who redeem a credential at once, one gets it', async () => {
    await store().saveCredential(link);
    const redeemed = await Promise.all(
      Array.from({ length: 6 }, () => store().redeemCredential('admin_link', 'h1', moment())),
    );
    expect(redeemed.filter((one) => one !== undefined)).toEqual([link]);
    expect(await store().findCredential('admin_link', 'h1', moment())).toBeUndefined();
    expect(await store().redeemCredential('admin_link', 'h1', moment())).toBeUndefined();
  });

  test('a credential whose time has passed, or of another kind, is not redeemed', async () => {
    await store().saveCredential(link);
    expect(await store().redeemCredential('admin_link', 'h1', moment(60))).toBeUndefined();
    expect(await store().redeemCredential('staff_session', 'h1', moment())).toBeUndefined();
    expect(await store().redeemCredential('admin_link', 'h1', moment(59))).toEqual(link);
  });

  test('saving a credential again prolongs it', async () => {
    await store().saveCredential(link);
    await store().saveCredential({ ...link, expiresAt: moment(600) });
    expect(await store().findCredential('admin_link', 'h1', moment(100))).toMatchObject({
      expiresAt: moment(600),
    });
  });

  test('a survey link of a person goes with that person', async () => {
    await meet(store(), 'ada');
    await store().saveCredential(survey);
    await store().saveCredential({
      ...survey,
      hash: 'h2',
      survey: { touchpointId: 'purchase', contactId: 'ben' },
    });
    await store().eraseContact('ada', moment());
    expect(await store().findCredential('survey_link', 'h1', moment())).toBeUndefined();
    expect(await store().findCredential('survey_link', 'h2', moment())).toBeDefined();
  });
}
