import { setTimeout } from 'node:timers/promises';
import type { Channel, ChannelHost, ChannelLog } from './channels/channel.ts';
import type { Config } from './config.ts';
import { Refusal } from './conversations/refusal.ts';

/** The channels that the settings switch on, beside the web chat. What a channel needs is loaded only where it is on. */
export async function createConfiguredChannels(
  { sms, whatsapp }: Config,
  { now }: { readonly now: () => string },
): Promise<readonly Channel[]> {
  const channels: Channel[] = [];
  if (sms) {
    const { createSmsChannel } = await import('./channels/sms/channel.ts');
    channels.push(createSmsChannel(sms));
  }
  if (whatsapp?.transport === 'cloud') {
    const { createCloudChannel } = await import('./channels/whatsapp/cloud/channel.ts');
    channels.push(createCloudChannel(whatsapp, now));
  }
  if (whatsapp?.transport === 'twilio') {
    const { createTwilioWhatsappChannel } = await import('./channels/whatsapp/twilio/channel.ts');
    channels.push(createTwilioWhatsappChannel(whatsapp, now));
  }
  if (whatsapp?.transport === 'webjs') {
    const { createWhatsappWebChannel } = await import('./channels/whatsapp/web/channel.ts');
    const print = process.stdout.isTTY ? console.log : undefined;
    channels.push(createWhatsappWebChannel(whatsapp, { now, print }));
  }
  return channels;
}

/** A channel with what it works on. */
export interface HostedChannel {
  readonly channel: Channel;
  readonly host: ChannelHost;
}

/** How far back is looked when the server starts: over a weekend. */
const firstLookHours = 72;
/** How often is looked while it runs, for what a provider could not post, and how far each look reaches into the one before. */
const lookMinutes = 10;
const overlapMinutes = 30;
const roomMilliseconds = 100;

/**
 * Opens the channels' connections and fetches what came while nobody took it, now and from time to time. A channel that fails is tried again
 * at the next look, from where the last good one began. Returns a function that stops it.
 */
export function attendChannels(
  channels: readonly HostedChannel[],
  { now, log }: { readonly now: () => string; readonly log: ChannelLog },
): () => Promise<void> {
  const since = new Map(channels.map(({ channel }) => [channel.name, before(now(), firstLookHours * 60)]));
  let looking = connect().then(look);
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, lookMinutes * 60_000);

  async function connect(): Promise<void> {
    for (const { channel, host } of channels) {
      try {
        await channel.connect?.(host);
      } catch (error) {
        log.error({ channel: channel.name, error }, 'a channel could not be connected');
      }
    }
  }

  async function look(): Promise<void> {
    for (const { channel, host } of channels) {
      const begun = now();
      try {
        await channel.catchUp?.(patient(host), since.get(channel.name) ?? begun);
        since.set(channel.name, before(begun, overlapMinutes));
      } catch (error) {
        log.warn({ channel: channel.name, error }, 'messages that were missed could not be fetched');
      }
    }
  }

  return async () => {
    clearInterval(timer);
    await looking;
  };
}

/** What was missed may be more than there is room for at once: it waits for room, where a provider would be asked to come again. */
function patient(host: ChannelHost): ChannelHost {
  return {
    ...host,
    async receive(message) {
      for (;;) {
        try {
          return await host.receive(message);
        } catch (error) {
          if (!(error instanceof Refusal) || error.code !== 'overloaded') throw error;
          await setTimeout(roomMilliseconds);
        }
      }
    },
  };
}

function before(moment: string, minutes: number): string {
  return new Date(Date.parse(moment) - minutes * 60_000).toISOString();
}
