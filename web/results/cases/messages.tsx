import { Fragment, useEffect, useRef, useState } from 'react';
import { useSentences } from '../sentences.tsx';
import type { CaseMessage } from '../wire.ts';

/** Without the focus on it, the arrow keys cannot scroll it. */
const keyboardScrolls = { tabIndex: 0 };

/** The conversation in its order. It stays at its end while new messages come, unless somebody has scrolled up to read. */
export function Messages({ messages, name }: { messages: readonly CaseMessage[]; name: string }) {
  const { say, day } = useSentences();
  const frame = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  const count = messages.length;

  useEffect(() => {
    const element = frame.current;
    if (element && count > 0 && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [count]);

  return (
    <>
      <section
        className="thread-frame"
        aria-label={say('conversation')}
        ref={frame}
        {...keyboardScrolls}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          atEnd.current = scrollHeight - scrollTop - clientHeight < 40;
        }}
      >
        <ol className="thread">
          {messages.map((message, index) => {
            const date = dateOf(message.at);
            return (
              <Fragment key={message.seq}>
                {date !== dateOf(messages[index - 1]?.at) && <li className="thread-day">{day(date)}</li>}
                <Message message={message} name={name} />
              </Fragment>
            );
          })}
        </ol>
      </section>
      <Announcer messages={messages} name={name} />
    </>
  );
}

function Message({ message, name }: { message: CaseMessage; name: string }) {
  const { say, sayCode, time } = useSentences();
  const { from, text, command, mediaType, choices, delivery, at } = message;
  return (
    <li className={`message from-${from}`}>
      <p className="muted">
        <bdi>{from === 'contact' ? name : say(`from_${from}`)}</bdi> · <time dateTime={at}>{time(at)}</time>
        {(delivery === 'failed' || delivery === 'queued') && <> · {say(`delivery_${delivery}`)}</>}
      </p>
      <div className="bubble" dir="auto">
        {mediaType !== undefined ? (
          <em>{say('media_sent')}</em>
        ) : command && !text ? (
          sayCode('command', command)
        ) : (
          text
        )}
      </div>
      {choices && (
        <ul className="offered" aria-label={say('choices')}>
          {choices.map((label) => (
            <li key={label} dir="auto">
              {label}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** Tells a screen reader what the contact has just written. The history is not announced, nor is what staff wrote themselves. */
function Announcer({ messages, name }: { messages: readonly CaseMessage[]; name: string }) {
  const [announced, setAnnounced] = useState('');
  const lastSeq = useRef(messages.at(-1)?.seq ?? 0);

  useEffect(() => {
    const fresh = messages.filter(({ seq, from }) => seq > lastSeq.current && from === 'contact');
    lastSeq.current = messages.at(-1)?.seq ?? lastSeq.current;
    if (fresh.length > 0) setAnnounced(fresh.map(({ text }) => `${name}: ${text}`).join('\n'));
  }, [messages, name]);

  return (
    <p className="visually-hidden" aria-live="polite">
      {announced}
    </p>
  );
}

/** The day of a moment where the reader is: YYYY-MM-DD. */
function dateOf(at: string | undefined): string {
  if (at === undefined) return '';
  const moment = new Date(at);
  const parts = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}
