import { createRoute, Outlet } from "@tanstack/react-router";
import { NotFound, root } from "@/app/root-route";
import {
  type AssortmentSearch,
  assortmentSearch,
  type AuditSearch,
  auditSearch,
  companiesSearch,
  type CompaniesSearch,
  type DeadLettersSearch,
  deadLettersSearch,
  type DifferencesSearch,
  differencesSearch,
  type OrdersSearch,
  ordersSearch,
  type PastSearch,
  pastSearch,
  type QuarantineSearch,
  quarantineSearch,
  type SharedGtinsSearch,
  sharedGtinsSearch,
  type WaitingSearch,
  waitingSearch,
} from "@/features/desk/search";
import { onlyRead } from "@/shared/address";
import { useBrandPerson } from "@/shared/scope";
import { lazily } from "@/ui/lazily";

const deskPage = (name: keyof typeof import("@/app/desk-pages")) =>
  lazily(() => import("@/app/desk-pages").then((module) => module[name]));

const desk = createRoute({ getParentRoute: () => root, path: "/desk", component: Desk });

const deskOverview = createRoute({
  getParentRoute: () => desk,
  path: "/",
  component: deskPage("OverviewPage"),
});

const quarantine = createRoute({
  getParentRoute: () => desk,
  path: "/quarantine",
  validateSearch: onlyRead<QuarantineSearch>(quarantineSearch),
  component: deskPage("QuarantinePage"),
});

const quarantined = createRoute({
  getParentRoute: () => desk,
  path: "/quarantine/$entry",
  component: deskPage("EntryPage"),
});

const waiting = createRoute({
  getParentRoute: () => desk,
  path: "/waiting",
  validateSearch: onlyRead<WaitingSearch>(waitingSearch),
  component: deskPage("WaitingPage"),
});

const waitingEntry = createRoute({
  getParentRoute: () => desk,
  path: "/waiting/$entry",
  component: deskPage("WaitingEntryPage"),
});

const deadLetters = createRoute({
  getParentRoute: () => desk,
  path: "/dead-letters",
  validateSearch: onlyRead<DeadLettersSearch>(deadLettersSearch),
  component: deskPage("DeadLettersPage"),
});

const deadLetter = createRoute({
  getParentRoute: () => desk,
  path: "/dead-letters/$entry",
  component: deskPage("DeadLetterPage"),
});

const handovers = createRoute({
  getParentRoute: () => desk,
  path: "/orders",
  validateSearch: onlyRead<OrdersSearch>(ordersSearch),
  component: deskPage("HandoversPage"),
});

const handover = createRoute({
  getParentRoute: () => desk,
  path: "/orders/$number",
  component: deskPage("HandoverPage"),
});

const reconciliation = createRoute({
  getParentRoute: () => desk,
  path: "/reconciliation",
  component: deskPage("ReconciliationPage"),
});

const snapshot = createRoute({
  getParentRoute: () => desk,
  path: "/snapshots/$entry",
  component: deskPage("SnapshotPage"),
});

const differences = createRoute({
  getParentRoute: () => desk,
  path: "/differences",
  validateSearch: onlyRead<DifferencesSearch>(differencesSearch),
  component: deskPage("DifferencesPage"),
});

const difference = createRoute({
  getParentRoute: () => desk,
  path: "/differences/$number",
  component: deskPage("DifferencePage"),
});

const sharedGtins = createRoute({
  getParentRoute: () => desk,
  path: "/shared-gtins",
  validateSearch: onlyRead<SharedGtinsSearch>(sharedGtinsSearch),
  component: deskPage("SharedGtinsPage"),
});

const assortments = createRoute({
  getParentRoute: () => desk,
  path: "/assortments",
  component: deskPage("AssortmentsPage"),
});

const assortment = createRoute({
  getParentRoute: () => desk,
  path: "/assortments/$id",
  validateSearch: onlyRead<AssortmentSearch>(assortmentSearch),
  component: deskPage("AssortmentPage"),
});

const deskCompanies = createRoute({
  getParentRoute: () => desk,
  path: "/companies",
  validateSearch: onlyRead<CompaniesSearch>(companiesSearch),
  component: deskPage("CompaniesPage"),
});

const past = createRoute({
  getParentRoute: () => desk,
  path: "/past",
  validateSearch: onlyRead<PastSearch>(pastSearch),
  component: deskPage("PastPage"),
});

const audit = createRoute({
  getParentRoute: () => desk,
  path: "/audit",
  validateSearch: onlyRead<AuditSearch>(auditSearch),
  component: deskPage("AuditPage"),
});

/** The desk, which to everybody else is not there. */
function Desk() {
  return useBrandPerson() ? <Outlet /> : <NotFound />;
}

/** The pages of the brand's desk. */
export const deskRoutes = desk.addChildren([
  deskOverview,
  quarantine,
  quarantined,
  waiting,
  waitingEntry,
  deadLetters,
  deadLetter,
  handovers,
  handover,
  reconciliation,
  snapshot,
  differences,
  difference,
  sharedGtins,
  assortments,
  assortment,
  deskCompanies,
  past,
  audit,
]);
