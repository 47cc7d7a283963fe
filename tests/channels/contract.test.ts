import { describe, inject } from 'vitest';
import { channelContract } from '../contracts/channel.ts';
import { consoleSubject } from './subjects/console.ts';
import { smsSubject } from './subjects/sms.ts';
import { webSubject } from './subjects/web.ts';
import { cloudSubject } from './subjects/whatsapp-cloud.ts';
import { twilioWhatsappSubject } from './subjects/whatsapp-twilio.ts';
import { webjsSubject } from './subjects/whatsapp-web.ts';

channelContract('the console', consoleSubject, {
  provider: 'the terminal is the person',
  endpoints: 'the terminal belongs to whoever started it',
  outages: 'the command says so itself',
});

channelContract('the web chat', webSubject, {
  pictures: 'the page has no way to send one',
  provider: 'pages fetch what is committed',
  endpoints: 'a conversation’s address is its secret; tests/web and tests/server attack these routes',
});

channelContract('SMS by a number', () => smsSubject(), { taps: 'SMS has no buttons' });

channelContract(
  'SMS by a messaging service',
  () => smsSubject({ TWILIO_MESSAGING_SERVICE_SID: 'MG00000000000000000000000000000001' }),
  { taps: 'SMS has no buttons' },
);

channelContract('WhatsApp by the Cloud API', () => cloudSubject());

channelContract('WhatsApp by Twilio', () => twilioWhatsappSubject(), {
  taps: 'Twilio has buttons only in what was made there beforehand',
});

describe.runIf(inject('whatsappWeb'))('with whatsapp-web.js', () => {
  channelContract('WhatsApp by WhatsApp Web', () => webjsSubject(), {
    taps: 'WhatsApp shows no buttons of linked devices',
    endpoints: 'nothing is posted here',
  });
});
