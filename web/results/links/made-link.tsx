import { Button, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useSentences } from '../sentences.tsx';
import type { MadeLink } from '../wire.ts';

/** A link that was just made. It is kept nowhere, so this is the moment to copy it. */
export function MadeLinkView({ made, label }: { made: MadeLink; label: string }) {
  const { say, moment } = useSentences();
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  async function copy() {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(made.link);
      setCopied(true);
    } catch {
      // The browser gives no way to the clipboard on this address: the link stays selected, ready to be copied by hand.
    }
  }

  return (
    <div className="made">
      <TextInput
        ref={field}
        label={label}
        value={made.link}
        readOnly
        dir="ltr"
        className="link-field"
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button
        variant="light"
        onClick={() => void copy()}
        leftSection={copied ? <IconCheck size={20} aria-hidden /> : <IconCopy size={20} aria-hidden />}
      >
        {say(copied ? 'copied' : 'copy')}
      </Button>
      <p className="muted">{say('valid_until', { moment: moment(made.expiresAt) })}</p>
    </div>
  );
}
