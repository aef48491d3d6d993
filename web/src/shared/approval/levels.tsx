import { useLingui } from "@lingui/react/macro";
import { useFormat } from "@/i18n/format";
import type { Approval } from "@/shared/approval/approvals";

/** Whom it waits for, now and after them. */
export function Levels({ levels }: { levels: Approval["levels"] }) {
  return levels
    .filter((level) => level.state !== "agreed")
    .map((level, index) => <LevelText key={index} level={level} />);
}

function LevelText({ level }: { level: Approval["levels"][number] }) {
  const { t } = useLingui();
  const names = useFormat().list(level.names);
  if (!level.names.length) return <span>{t`To be approved by any approver`}</span>;
  return (
    <span>
      {level.need === "all"
        ? t`To be approved by all of: ${names}`
        : t`To be approved by: ${names}`}
    </span>
  );
}
