import { Trans, useLingui } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import {
  type Assortment,
  type Choices,
  type Draft,
  usePreview,
} from "@/features/desk/assortments/api";
import styles from "@/features/desk/assortments/assortments.module.css";
import { ColourwaysField } from "@/features/desk/assortments/colourways-field";
import { draftOf, EMPTY } from "@/features/desk/assortments/draft";
import { History } from "@/features/desk/assortments/history";
import { PreviewAndSave } from "@/features/desk/assortments/preview";
import { Rules } from "@/features/desk/assortments/rules";
import { Windows } from "@/features/desk/assortments/windows";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/field";
import { Failure } from "@/ui/notice";

interface Props {
  id: string;
  one: Assortment | null;
  choices: Choices;
}

/** What the assortment is to have; nothing is saved before its preview was seen. */
export function Editor({ id, one, choices }: Props) {
  const { t } = useLingui();
  const [draft, setDraft] = useState<Draft>(() => (one ? draftOf(one) : EMPTY));
  const preview = usePreview(id);
  const navigate = useNavigate();
  const change = (part: Partial<Draft>) => {
    preview.reset(); // what was told is of another draft
    setDraft((before) => ({ ...before, ...part }));
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    preview.mutate(draft);
  };
  return (
    <>
      <form className={styles.editor} onSubmit={submit}>
        <TextField
          label={t`Name`}
          value={draft.name}
          required
          maxLength={80}
          autoComplete="off"
          onChange={(event) => change({ name: event.target.value })}
        />
        <Rules rules={draft.rules} choices={choices} onChange={(rules) => change({ rules })} />
        <div className={styles.pair}>
          <ColourwaysField
            label={t`Always in it`}
            items={draft.included}
            onChange={(included) => change({ included })}
          />
          <ColourwaysField
            label={t`Never in it`}
            items={draft.excluded}
            onChange={(excluded) => change({ excluded })}
          />
        </div>
        <Windows
          windows={draft.windows}
          seasons={choices.season.map((season) => season.value)}
          onChange={(windows) => change({ windows })}
        />
        {preview.error && <Failure error={preview.error} />}
        <Button type="submit" look="main" isDisabled={preview.isPending}>
          <Trans>See what changes</Trans>
        </Button>
      </form>
      {preview.data && (
        <PreviewAndSave
          id={id}
          etag={one?.etag}
          draft={draft}
          preview={preview.data}
          onSaved={() => {
            preview.reset();
            void navigate({ to: "/desk/assortments/$id", params: { id }, search: {} });
          }}
        />
      )}
      {one && <History id={id} onTake={(version) => change(draftOf(version))} />}
    </>
  );
}
