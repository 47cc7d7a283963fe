import { AxeBuilder } from '@axe-core/playwright';
import { renderSVG } from 'uqr';
import { afterEach, describe, expect, test } from 'vitest';
import type { Channel, ConnectionState } from '../../src/channels/channel.ts';
import { consoleCapabilities } from '../../src/channels/console/render.ts';
import { hasBrowser } from '../support/browser.ts';
import { setUpChat } from './chat-setting.ts';
import { signInStaff, staffSentences } from './staff-reader.ts';

let connection: ConnectionState = { state: 'connecting' };

/** A channel with a connection of its own, as one that a phone has to be linked with. */
const linked: Channel = {
  name: 'whatsapp',
  account: 'phone',
  capabilities: consoleCapabilities,
  connection: () => connection,
  send: () => Promise.resolve({}),
};

const chat = setUpChat({ channels: [linked] });
afterEach(() => {
  connection = { state: 'connecting' };
});

describe.skipIf(!hasBrowser).each(['he', 'en'] as const)('the page of the channels in %s', (language) => {
  const own = staffSentences[language];

  test('shows the code that a phone has to scan, and by itself that one has', async () => {
    connection = { state: 'pairing', code: '2@first,of,the,phone' };
    const staff = await signInStaff(chat, language);
    await staff.goTo(own.channels);
    await staff.main.getByRole('heading', { name: 'WhatsApp' }).waitFor();
    await staff.main.getByText(own.connection_pairing).waitFor();
    await staff.main.getByText(own.pairing_how).waitFor();
    await staff.main.getByText(own.pairing_secret).waitFor();
    const code = staff.main.getByRole('img', { name: own.pairing_code });
    const pictureOf = (content: string) =>
      `data:image/svg+xml,${encodeURIComponent(renderSVG(content, { border: 4 }))}`;
    expect(await code.getAttribute('src')).toBe(pictureOf('2@first,of,the,phone'));
    expect((await code.boundingBox())?.width).toBeGreaterThan(200);
    expect((await new AxeBuilder({ page: staff.page }).analyze()).violations).toEqual([]);

    connection = { state: 'connected' };
    await staff.main.getByText(own.connection_connected, { exact: true }).waitFor();
    expect(await code.count()).toBe(0);
  });

  test('says that a connection is lost, and why', async () => {
    connection = { state: 'down', reason: 'logout' };
    const staff = await signInStaff(chat, language);
    await staff.open('/results/channels');
    await staff.main.getByText(own.connection_down, { exact: true }).waitFor();
    await staff.main.getByText('logout').waitFor();
  });
});

test.skipIf(!hasBrowser)('the code is for staff only, and stays behind nowhere', async () => {
  connection = { state: 'pairing', code: '2@secret' };
  const address = `${chat.server.url}/api/v1/channels`;
  expect((await fetch(address)).status).toBe(401);
  const staff = await signInStaff(chat, 'en');
  const response = await staff.page.request.get('/api/v1/channels');
  expect(await response.json()).toEqual({
    items: [{ name: 'web' }, { name: 'whatsapp', connection: { state: 'pairing', code: '2@secret' } }],
  });
  expect(response.headers()['cache-control']).toBe('no-store');
});
