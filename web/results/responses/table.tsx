import { Table } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { PlaceLink } from '../place.tsx';
import { useQuestionnaires } from '../questionnaires/questionnaires.tsx';
import { useSentences } from '../sentences.tsx';
import type { Response } from '../wire.ts';
import { Scores } from './scores-view.tsx';
import { StatusBadge } from './status.tsx';

/** Responses as a table, or on a phone as a list of cards. */
export function ResponseTable({ responses }: { responses: readonly Response[] }) {
  const { say } = useSentences();
  const wide = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  if (!wide) {
    return (
      <ul className="cards">
        {responses.map((response) => (
          <ResponseCard key={response.sessionId} response={response} />
        ))}
      </ul>
    );
  }
  return (
    <div className="card table-card">
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{say('when')}</Table.Th>
            <Table.Th>{say('questionnaire')}</Table.Th>
            <Table.Th>{say('status')}</Table.Th>
            <Table.Th>{say('scores')}</Table.Th>
            <Table.Th>{say('channel')}</Table.Th>
            <Table.Th>{say('language')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {responses.map((response) => (
            <ResponseRow key={response.sessionId} response={response} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function ResponseRow({ response }: { response: Response }) {
  const { sayCode } = useSentences();
  const { title } = useQuestionnaires();
  return (
    <Table.Tr className="linked">
      <Table.Td>
        <ResponseLink response={response} />
      </Table.Td>
      <Table.Td>{title(response.questionnaireId)}</Table.Td>
      <Table.Td>
        <StatusBadge status={response.status} />
      </Table.Td>
      <Table.Td>
        <Scores response={response} />
      </Table.Td>
      <Table.Td>{sayCode('channel', response.channel)}</Table.Td>
      <Table.Td>{sayCode('language', response.language)}</Table.Td>
    </Table.Tr>
  );
}

function ResponseCard({ response }: { response: Response }) {
  const { sayCode } = useSentences();
  const { title } = useQuestionnaires();
  return (
    <li className="card linked">
      <div className="row spread">
        <strong>{title(response.questionnaireId)}</strong>
        <StatusBadge status={response.status} />
      </div>
      <p>
        <ResponseLink response={response} />
      </p>
      <Scores response={response} />
      <p className="muted">
        {sayCode('channel', response.channel)} · {sayCode('language', response.language)}
      </p>
    </li>
  );
}

/** The whole row leads to the response; the link stands on its time, which tells responses apart. */
function ResponseLink({ response }: { response: Response }) {
  const { moment } = useSentences();
  return (
    <PlaceLink to={{ view: 'response', sessionId: response.sessionId }} className="row-link">
      <time dateTime={response.startedAt}>{moment(response.startedAt)}</time>
    </PlaceLink>
  );
}
