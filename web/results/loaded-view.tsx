import { Alert, Button, Loader } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Loaded } from './loading.ts';
import { useSentences } from './sentences.tsx';

/** Shows what was loaded, or that it is on its way, or why it is not there. */
export function LoadedView<Value>(props: {
  loaded: Loaded<Value>;
  reload?: () => Promise<void>;
  children: (value: Value) => ReactNode;
}) {
  const { say } = useSentences();
  const { loaded, reload, children } = props;
  switch (loaded.state) {
    case 'loading':
      return (
        <p className="waiting" role="status">
          <Loader size="sm" aria-hidden /> {say('one_moment')}
        </p>
      );
    case 'failed':
      return (
        <Failure reason={loaded.reason}>
          {reload && (
            <Button variant="default" onClick={() => void reload()}>
              {say('try_again')}
            </Button>
          )}
        </Failure>
      );
    case 'ready':
      return children(loaded.value);
  }
}

/** Why something did not work, beside the place where it was wanted. */
export function Failure({ reason, children }: { reason: string; children?: ReactNode }) {
  return (
    <Alert role="alert" className="wrong" icon={<IconAlertTriangle aria-hidden />}>
      <p>{reason}</p>
      {children}
    </Alert>
  );
}

/** What stands where a list has nothing yet: what this place is for, and what to do next. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="card empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
