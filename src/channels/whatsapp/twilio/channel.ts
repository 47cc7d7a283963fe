import type { ArrivedMessage, Channel, Dispatch } from '../../channel.ts';
import { decodeChoice } from '../../choice.ts';
import { createTwilioClient, type TwilioAccount } from '../../twilio/client.ts';
import { type FormFields, field } from '../../twilio/form.ts';
import { fetchMissed, wasTaken } from '../../twilio/history.ts';
import { sidOf, statusCallback, twilioRoutes } from '../../twilio/webhooks.ts';
import { whatsappChannelName } from '../name.ts';
import { addressOfNumber, addressOfUserId } from '../person.ts';
import { renderAsText, twilioCapabilities } from '../render.ts';
import { type Templates, templateFor } from '../window.ts';

/** What the channel needs: an account, its number on WhatsApp, and the address under which Twilio reaches this server. */
export interface TwilioWhatsappSettings {
  readonly account: TwilioAccount;
  /** E.164. */
  readonly from: string;
  readonly publicBaseUrl: string;
  /** Sids of contents. */
  readonly templates: Templates;
}

const path = '/channels/whatsapp/twilio';

/** WhatsApp through Twilio: its webhooks, its API and its errors are those of SMS, its addresses begin with the channel's name. */
export function createTwilioWhatsappChannel(
  { account, from, publicBaseUrl, templates }: TwilioWhatsappSettings,
  now: () => string,
): Channel {
  const { accountSid } = account;
  const client = createTwilioClient(account);
  const sender = providerAddress(from);

  async function contentOf(dispatch: Dispatch) {
    const template = await templateFor(dispatch, templates, now());
    return template === undefined ? { body: bodyOf(dispatch) } : { contentSid: template };
  }

  return {
    name: whatsappChannelName,
    account: accountSid,
    capabilities: twilioCapabilities,
    routes: twilioRoutes({ client, accountSid, path, readMessage, addressOf }),

    async send(dispatch) {
      const providerMessageId = await client.send({
        to: providerAddress(dispatch.address),
        from: sender,
        ...(await contentOf(dispatch)),
        statusCallback: statusCallback(publicBaseUrl, path, dispatch.messageId),
      });
      return { providerMessageId };
    },

    reconcile(dispatch) {
      const to = providerAddress(dispatch.address);
      return wasTaken(client, dispatch, { to, from: sender, body: bodyOf(dispatch) });
    },

    catchUp(host, since) {
      return fetchMissed(client, host, {
        channel: whatsappChannelName,
        since,
        to: sender,
        read: ({ sid, from: person, body, mediaCount }) => {
          const address = addressOf(person);
          if (address === undefined) return { ignored: 'no_sender' };
          const media = mediaCount > 0 && body.trim() === '' ? 'unknown' : undefined;
          return { providerMessageId: sid, address, content: contentOfWords(body, media) };
        },
      });
    },
  };
}

const prefix = 'whatsapp:';

function providerAddress(address: string): string {
  return prefix + address;
}

/** A number, or the id of somebody who shows none. */
function addressOf(providersAddress: string): string | undefined {
  if (!providersAddress.startsWith(prefix)) return undefined;
  const address = providersAddress.slice(prefix.length);
  return address.startsWith('+') ? addressOfNumber(address.slice(1)) : addressOfUserId(address);
}

function bodyOf({ message }: Pick<Dispatch, 'message'>): string {
  return renderAsText(message, twilioCapabilities);
}

/** What says nothing that could be meant as a reply. */
const notices: ReadonlySet<string> = new Set(['reaction', 'system', 'request_welcome']);

function readMessage(fields: FormFields): ArrivedMessage | { readonly ignored: string } {
  const providerMessageId = sidOf(fields);
  const from = field(fields, 'From');
  if (providerMessageId === undefined || from === undefined) return { ignored: 'malformed' };
  const address = addressOf(from);
  if (address === undefined) return { ignored: 'no_sender' };
  if (notices.has(field(fields, 'MessageType') ?? '')) return { ignored: 'no_reply' };
  return { providerMessageId, address, content: contentOfForm(fields) };
}

/** The button of a content carries what it was made with; one that is not of ours carries its own words. */
function contentOfForm(fields: FormFields): ArrivedMessage['content'] {
  const payload = field(fields, 'ButtonPayload') ?? field(fields, 'ListId');
  if (payload !== undefined && payload.length <= choiceUnitsMax && decodeChoice(payload))
    return { kind: 'choice', choice: payload };
  const words = field(fields, 'Body') ?? field(fields, 'ButtonText') ?? field(fields, 'ListTitle') ?? '';
  const isMedia = Number(field(fields, 'NumMedia') ?? 0) > 0 || field(fields, 'Latitude') !== undefined;
  const mediaType = field(fields, 'MediaContentType0') ?? field(fields, 'MessageType') ?? 'unknown';
  return contentOfWords(words, isMedia && words.trim() === '' ? mediaType : undefined);
}

const choiceUnitsMax = 256;
/** Ten times of what Twilio lets through. */
const textUnitsMax = 16_000;

function contentOfWords(words: string, mediaType: string | undefined): ArrivedMessage['content'] {
  if (mediaType !== undefined) return { kind: 'media', mediaType: mediaType.slice(0, 100) };
  return { kind: 'text', text: words.slice(0, textUnitsMax) };
}
