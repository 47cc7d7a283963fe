import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Language } from '../../../src/dialogs/understanding/request.ts';
import { useApi } from '../api-context.tsx';
import { Failure } from '../loaded-view.tsx';
import { useSentences } from '../sentences.tsx';
import type { MadeLink, QuestionnaireSummary } from '../wire.ts';
import { titleOf } from '../words.ts';
import { MadeLinkView } from './made-link.tsx';

const validDays = [7, 30, 90];
const usualDays = 30;

/** Makes a survey link for one person. Whoever opens it answers as that person, so each link is for one. */
export function SurveyLink({ questionnaires }: { questionnaires: readonly QuestionnaireSummary[] }) {
  const { say, sayCode, language } = useSentences();
  const api = useApi();
  const [touchpoint, setTouchpoint] = useState(questionnaires[0]?.touchpoint ?? '');
  const [name, setName] = useState('');
  const [spoken, setSpoken] = useState<string>(language);
  const [days, setDays] = useState(usualDays);
  const [made, setMade] = useState<MadeLink>();
  const [failure, setFailure] = useState('');

  const touchpoints = questionnaires.filter(
    (item, index) => questionnaires.findIndex((other) => other.touchpoint === item.touchpoint) === index,
  );
  const chosen = touchpoints.find((item) => item.touchpoint === touchpoint);
  const languages: readonly Language[] = chosen?.languages ?? [];
  const contactLanguage = languages.find((code) => code === spoken) ?? languages[0] ?? language;

  async function make(event: FormEvent) {
    event.preventDefault();
    try {
      const attributes: Record<string, string> = name.trim() ? { name: name.trim() } : {};
      const contact = { language: contactLanguage, attributes };
      setMade(await api.invite({ touchpoint, contact, expiresInDays: days }));
      setFailure('');
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <section className="card" aria-labelledby="survey-link-title">
      <h2 id="survey-link-title">{say('survey_link')}</h2>
      <p className="muted">{say('survey_link_explained')}</p>
      <form className="fields" onSubmit={(event) => void make(event)}>
        <NativeSelect
          label={say('touchpoint')}
          value={touchpoint}
          onChange={(event) => setTouchpoint(event.currentTarget.value)}
          data={touchpoints.map((item) => ({ value: item.touchpoint, label: titleOf(item, language) }))}
        />
        <TextInput
          label={say('person_name')}
          description={say('person_name_explained')}
          value={name}
          maxLength={100}
          dir="auto"
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label={say('language')}
          value={contactLanguage}
          onChange={(event) => setSpoken(event.currentTarget.value)}
          data={languages.map((code) => ({ value: code, label: sayCode('language', code) }))}
        />
        <NativeSelect
          label={say('valid_for')}
          value={String(days)}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
          data={validDays.map((count) => ({ value: String(count), label: say('days', { count }) }))}
        />
        <Button type="submit" disabled={!chosen}>
          {say('make_survey_link')}
        </Button>
      </form>
      {failure && <Failure reason={failure} />}
      <div aria-live="polite">
        {made && <MadeLinkView key={made.link} made={made} label={say('survey_link')} />}
      </div>
    </section>
  );
}
