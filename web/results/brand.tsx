import { Button } from '@mantine/core';
import { IconMessageCircleFilled } from '@tabler/icons-react';
import type { Language } from '../../src/dialogs/understanding/request.ts';
import { useSentences } from './sentences.tsx';

export function Brand() {
  const { say } = useSentences();
  return (
    <p className="brand">
      <IconMessageCircleFilled size={24} aria-hidden className="brand-mark" />
      {say('product')}
    </p>
  );
}

/** Switches to the other language; its name stands in that language, for those who read only that one. */
export function LanguageButton({ onLanguage }: { onLanguage: (language: Language) => void }) {
  const { language, say } = useSentences();
  const other = language === 'he' ? 'en' : 'he';
  return (
    <Button variant="subtle" lang={other} onClick={() => onLanguage(other)}>
      {say('other_language')}
    </Button>
  );
}
