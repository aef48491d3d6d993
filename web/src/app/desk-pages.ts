/** All of the desk: one file, which buyers never load, and too large to be put with what they do. */
export { DeskShell } from "@/app/desk-shell";
export { AuditPage } from "@/features/desk/components/audit-page";
export { DeadLetterPage } from "@/features/desk/components/dead-letter-page";
export { DeadLettersPage } from "@/features/desk/components/dead-letters-page";
export { DifferencePage } from "@/features/desk/components/difference-page";
export { DifferencesPage } from "@/features/desk/components/differences-page";
export { EntryPage } from "@/features/desk/components/entry-page";
export { HandoverPage } from "@/features/desk/components/order-page";
export { HandoversPage } from "@/features/desk/components/orders-page";
export { OverviewPage } from "@/features/desk/components/overview-page";
export { QuarantinePage } from "@/features/desk/components/quarantine-page";
export { ReconciliationPage } from "@/features/desk/components/reconciliation-page";
export { SharedGtinsPage } from "@/features/desk/components/shared-gtins-page";
export { SnapshotPage } from "@/features/desk/components/snapshot-page";
export { WaitingEntryPage } from "@/features/desk/components/waiting-entry-page";
export { WaitingPage } from "@/features/desk/components/waiting-page";
