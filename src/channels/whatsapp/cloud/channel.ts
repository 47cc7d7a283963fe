import type { Channel, Dispatch } from '../../channel.ts';
import { DeliveryError } from '../../errors.ts';
import { whatsappChannelName } from '../name.ts';
import { recipientOf } from '../person.ts';
import { cloudCapabilities, renderForCloud } from '../render.ts';
import { continuePayload, type Templates, templateFor } from '../window.ts';
import { type CloudAccount, postMessage } from './api.ts';
import { windowClosedCode } from './errors.ts';
import { cloudRoutes } from './routes.ts';

/** What the channel needs: a number at Meta, the app that it belongs to, and what that app's webhook was set up with. */
export interface CloudSettings extends CloudAccount {
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly templates: Templates;
}

/**
 * WhatsApp by Meta's Cloud API. The account is the number that people write to. Meta posts again for days what it could not post, and has no way
 * to ask for messages, so there is nothing to catch up with; nor can it be asked about a message whose sending has no answer: its receipts tell, which
 * bring our own id back.
 */
export function createCloudChannel(settings: CloudSettings, now: () => string): Channel {
  const { phoneNumberId, templates } = settings;

  function post({ address, messageId }: Dispatch, content: Readonly<Record<string, unknown>>) {
    return postMessage(settings, {
      recipient_type: 'individual',
      ...recipientOf(address),
      ...content,
      biz_opaque_callback_data: messageId,
    });
  }

  async function sendNow(dispatch: Dispatch): Promise<string> {
    const { message } = dispatch;
    const template = await templateFor(dispatch, templates, now());
    if (template !== undefined) return post(dispatch, templateContent(template, message.language));
    try {
      return await post(dispatch, renderForCloud(message));
    } catch (error) {
      const instead = message.questionId === undefined ? undefined : templates[message.language];
      if (!isWindowClosed(error) || instead === undefined) throw error;
      return post(dispatch, templateContent(instead, message.language));
    }
  }

  return {
    name: whatsappChannelName,
    account: phoneNumberId,
    capabilities: cloudCapabilities,
    routes: cloudRoutes(settings),
    async send(dispatch) {
      return { providerMessageId: await sendNow(dispatch) };
    },
  };
}

function isWindowClosed(error: unknown): boolean {
  return error instanceof DeliveryError && error.code === String(windowClosedCode);
}

/** A template has fixed words and one button, which has the waiting question asked again. */
function templateContent(name: string, language: string) {
  const parameters = [{ type: 'payload', payload: continuePayload }];
  const components = [{ type: 'button', sub_type: 'quick_reply', index: '0', parameters }];
  return { type: 'template', template: { name, language: { code: language }, components } };
}
