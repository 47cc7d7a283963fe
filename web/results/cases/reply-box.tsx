import { Button, Textarea } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconSend } from '@tabler/icons-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useApi } from '../api-context.tsx';
import { Failure } from '../loaded-view.tsx';
import { useSentences } from '../sentences.tsx';
import type { CaseDetail } from '../wire.ts';
import { useOpenCases } from './open-cases.tsx';

const replyUnitsMax = 4000;

/** Where staff write to the contact, hand the talk back to the bot, or end it. */
export function ReplyBox({ detail }: { detail: CaseDetail }) {
  const { say, sayCode, language } = useSentences();
  const { reload } = useOpenCases();
  const api = useApi();
  const [{ id: replyId, text }, setReply] = useState(() => replyOf(''));
  const [busy, setBusy] = useState(false);
  const [closing, setClosing] = useState(false);
  const [failure, setFailure] = useState('');
  const { id } = detail.case;

  async function act(action: () => Promise<unknown>): Promise<boolean> {
    setBusy(true);
    try {
      await action();
      setFailure('');
      return true;
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      setBusy(false);
      void reload();
    }
  }

  async function send(event?: FormEvent) {
    event?.preventDefault();
    if (!text.trim() || busy) return;
    if (await act(() => api.reply(id, { id: replyId, text }))) setReply(replyOf(''));
  }

  function sendByKey(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  }

  const foreign = detail.contact.language !== language;
  return (
    <form className="reply" onSubmit={(event) => void send(event)}>
      {failure && <Failure reason={failure} />}
      <Textarea
        label={say('your_reply')}
        description={
          foreign
            ? say('reply_in', { language: sayCode('language', detail.contact.language) })
            : say('reply_by_enter')
        }
        value={text}
        onChange={(event) => setReply(replyOf(event.currentTarget.value))}
        onKeyDown={sendByKey}
        maxLength={replyUnitsMax}
        rows={3}
        dir="auto"
      />
      <div className="row">
        <Button
          type="submit"
          disabled={!text.trim()}
          loading={busy}
          leftSection={<IconSend size={20} aria-hidden className="mirrored" />}
        >
          {say('send')}
        </Button>
        <Button
          variant="default"
          disabled={busy}
          leftSection={<IconArrowBackUp size={20} aria-hidden className="mirrored" />}
          onClick={() => void act(() => api.endCase(id, 'return'))}
        >
          {say('return_to_bot')}
        </Button>
        <Button
          variant="default"
          disabled={busy}
          aria-expanded={closing}
          leftSection={<IconCheck size={20} aria-hidden />}
          onClick={() => setClosing(!closing)}
        >
          {say('close_case')}
        </Button>
      </div>
      {closing && (
        <fieldset className="confirm">
          <legend>{say('close_case_sure')}</legend>
          <div className="row">
            <Button disabled={busy} onClick={() => void act(() => api.endCase(id, 'close'))}>
              {say('close_case_yes')}
            </Button>
            <Button variant="default" onClick={() => setClosing(false)}>
              {say('close_case_no')}
            </Button>
          </div>
        </fieldset>
      )}
    </form>
  );
}

/** Words with an id of their own: sent again as they are, because nobody knows whether they arrived, they are the same reply. */
function replyOf(text: string): { readonly id: string; readonly text: string } {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return { id: Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''), text };
}
