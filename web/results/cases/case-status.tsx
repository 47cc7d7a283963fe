import { IconArrowBackUp, IconCheck, IconClock, IconMessageReply } from '@tabler/icons-react';
import { useSentences } from '../sentences.tsx';
import type { CaseStatus } from '../wire.ts';

const icons = {
  open: IconClock,
  answered: IconMessageReply,
  returned: IconArrowBackUp,
  closed: IconCheck,
} satisfies Record<CaseStatus, unknown>;

export function CaseStatusBadge({ status }: { status: CaseStatus }) {
  const { say } = useSentences();
  const Icon = icons[status];
  return (
    <span className={`badge ${status === 'open' ? 'badge-waits' : ''}`}>
      <Icon size={16} aria-hidden />
      {say(`case_${status}`)}
    </span>
  );
}
