import type { ArrivedMessage, Channel } from '../channel.ts';
import { createTwilioClient, type TwilioAccount } from '../twilio/client.ts';
import { type FormFields, field } from '../twilio/form.ts';
import { fetchMissed, wasTaken } from '../twilio/history.ts';
import { sidOf, statusCallback, twilioRoutes } from '../twilio/webhooks.ts';
import { optInWords, optOutWords, renderForSms, smsCapabilities } from './render.ts';

/** What the channel needs: an account, a sender of it, and the address under which Twilio reaches this server. */
export interface SmsSettings {
  readonly account: TwilioAccount;
  /** A number in E.164 or a short code, or a messaging service that picks the number. */
  readonly sender: { readonly from: string } | { readonly messagingServiceSid: string };
  readonly publicBaseUrl: string;
}

export const smsChannelName = 'sms';

const path = '/channels/sms';

/** SMS through Twilio. People are known by their number; the account is Twilio's, so that a change of sender changes nobody. */
export function createSmsChannel({ account, sender, publicBaseUrl }: SmsSettings): Channel {
  const { accountSid } = account;
  const client = createTwilioClient(account);
  const number = 'from' in sender ? sender.from : undefined;

  return {
    name: smsChannelName,
    account: accountSid,
    capabilities: smsCapabilities,
    routes: twilioRoutes({ client, accountSid, path, readMessage, addressOf: numberOf }),

    async send({ address, messageId, message }) {
      const providerMessageId = await client.send({
        to: address,
        body: renderForSms(message),
        ...sender,
        statusCallback: statusCallback(publicBaseUrl, path, messageId),
      });
      return { providerMessageId };
    },

    reconcile({ address, committedAt, message }) {
      return wasTaken(client, { committedAt }, { to: address, from: number, body: renderForSms(message) });
    },

    catchUp(host, since) {
      return fetchMissed(client, host, {
        channel: smsChannelName,
        since,
        to: number,
        read: ({ sid, from, body, mediaCount }) => arrivedMessage(sid, from, body, mediaCount, {}),
      });
    },
  };
}

function readMessage(fields: FormFields): ArrivedMessage | { readonly ignored: string } {
  const sid = sidOf(fields);
  const from = field(fields, 'From');
  if (sid === undefined || from === undefined) return { ignored: 'malformed' };
  const optOutType = field(fields, 'OptOutType');
  const mediaType = field(fields, 'MediaContentType0');
  return arrivedMessage(sid, from, field(fields, 'Body') ?? '', Number(field(fields, 'NumMedia') ?? 0), {
    ...(optOutType !== undefined && { optOutType }),
    ...(mediaType !== undefined && { mediaType }),
  });
}

/** A message of the other of Twilio's channels comes from something else than a number, and nobody can answer a short code or a name. */
function arrivedMessage(
  providerMessageId: string,
  from: string,
  text: string,
  mediaCount: number,
  { optOutType, mediaType = 'unknown' }: { readonly optOutType?: string; readonly mediaType?: string },
): ArrivedMessage | { readonly ignored: string } {
  const address = numberOf(from);
  if (address === undefined) return { ignored: 'no_number' };
  // Where Twilio's words are customized it says what it took a message for; it has answered that itself.
  if (optOutType === 'HELP') return { ignored: 'answered_by_provider' };
  if (mediaCount > 0 && text.trim() === '')
    return { providerMessageId, address, content: { kind: 'media', mediaType: mediaType.slice(0, 100) } };
  const byProvider = takenByTwilio(text, optOutType);
  return {
    providerMessageId,
    address,
    content: { kind: 'text', text: text.slice(0, textUnitsMax), ...(byProvider && { byProvider }) },
  };
}

/** Ten times of what Twilio lets through. */
const textUnitsMax = 16_000;

/**
 * An opt-out is always confirmed by Twilio. An opt-in is confirmed for sure where Twilio says what it took the words for; else only when it was
 * Twilio that had opted the person out.
 */
function takenByTwilio(text: string, optOutType: string | undefined) {
  const word = text.trim().toLowerCase();
  if (optOutType === 'STOP' || optOutWords.has(word)) return { taken: 'opt_out', answered: true } as const;
  if (optOutType === 'START') return { taken: 'opt_in', answered: true } as const;
  return optInWords.has(word) ? ({ taken: 'opt_in', answered: false } as const) : undefined;
}

/** E.164, of which the shortest numbers have seven digits with their country. */
function numberOf(address: string): string | undefined {
  return /^\+[1-9][0-9]{6,14}$/.test(address) ? address : undefined;
}
