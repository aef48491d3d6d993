import { useLingui } from "@lingui/react/macro";
import type { UseMutationResult } from "@tanstack/react-query";
import { Button } from "@/ui/button";
import { Failure } from "@/ui/notice";

export type FileKind = "xlsx" | "csv";

const NAMES: Record<FileKind, string> = { xlsx: "Excel", csv: "CSV" };

/** A list as a file, of either kind; `className` is of the buttons' row. */
export function Downloads({
  download: { mutate, isPending, variables, error },
  className,
}: {
  download: UseMutationResult<unknown, Error, FileKind>;
  className: string | undefined;
}) {
  const { t } = useLingui();
  return (
    <>
      <div className={className}>
        {(["xlsx", "csv"] as const).map((kind) => {
          const name = NAMES[kind];
          return (
            <Button key={kind} isDisabled={isPending} onPress={() => mutate(kind)}>
              {t`Download as ${name}`}
            </Button>
          );
        })}
      </div>
      {error && <Failure error={error} onRetry={() => mutate(variables)} />}
    </>
  );
}
