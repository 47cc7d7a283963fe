import { expect, expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import type { OutboundMessage } from '../../src/channels/channel.ts';
import { type Choice, decodeChoice } from '../../src/channels/choice.ts';
import type {
  openConversationSchema,
  openedConversationSchema,
  postMessageSchema,
  touchpointListSchema,
} from '../../src/server/routes/web-chat.ts';
import type { Opened } from '../../web/chat/requests.ts';
import {
  type Command,
  type Content,
  commandToken,
  type Opening,
  type ShownMessage,
  type TouchpointList,
} from '../../web/chat/wire.ts';

test('the page reads what the server writes', () => {
  expectTypeOf<OutboundMessage>().toExtend<ShownMessage>();
  // And knows every field, so that none is overlooked when the contract grows.
  expectTypeOf<keyof OutboundMessage>().toEqualTypeOf<keyof ShownMessage>();
  expectTypeOf<z.infer<typeof touchpointListSchema>>().toExtend<TouchpointList>();
  expectTypeOf<z.infer<typeof openedConversationSchema>>().toExtend<Opened>();
});

test('the server reads what the page writes', () => {
  expectTypeOf<{ id: string } & Content>().toExtend<z.input<typeof postMessageSchema>>();
  expectTypeOf<Opening & { language?: 'he' | 'en'; resume: boolean; embed: boolean }>().toExtend<
    z.input<typeof openConversationSchema>
  >();
  const commands: Record<Command, true> = {
    back: true,
    skip: true,
    human: true,
    start: true,
    'language:he': true,
    'language:en': true,
  };
  for (const command of Object.keys(commands)) {
    expect(decodeChoice(`!${command}`)).toEqual({ kind: 'command', command } satisfies {
      kind: Choice['kind'];
      command: string;
    });
  }
  expect(commandToken('back')).toBe('!back');
});
