// First of all, as others read storage when they are loaded.
import "@/app/storage";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { setRequestContext } from "@/api/client";
import { checkFiles } from "@/api/contracts";
import { isPassing, isRetried, retryDelay } from "@/api/problem";
import { prefetchFirstPage } from "@/app/prefetch";
import { lazily } from "@/ui/lazily";
import { OutdatedNotice } from "@/app/outdated";
import { router } from "@/app/router";
import { StartFailed } from "@/app/start-failed";
import { followTranslation } from "@/app/translated-page";
import { getChosenCompany } from "@/features/session/api/chosen-company";
import { watchIdleness } from "@/features/session/api/idle";
import { idToken, onSession, session } from "@/features/session/api/session";
import { SessionGate } from "@/features/session/components/session-gate";
import { activate, startLanguage } from "@/i18n/locale";
import { saveLeft } from "@/shared/cart/use-cart";
import { preloadDialogs } from "@/ui/dialog";
import "@/ui/tokens.css";
import "@/ui/print.css";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 30 * 60_000,
      retry: isRetried,
      retryDelay,
    },
  },
});

setRequestContext({
  token: idToken,
  company: getChosenCompany,
  locale: () => i18n.locale || startLanguage(),
});

let was = session();
onSession(() => {
  // What failed meanwhile succeeds now.
  if (was === "ended" && session() === "in") {
    saveLeft();
    void client.invalidateQueries();
  }
  was = session();
});

watchIdleness();

// Vite's event for a file that could not be loaded.
window.addEventListener("vite:preloadError", () => void checkFiles());

followTranslation();
prefetchFirstPage(client);
const started = await activate(startLanguage()).then(
  () => true,
  () => false,
);
// What the services wrote is in the language before.
i18n.on("change", () => void client.invalidateQueries());

const LinkPage = lazily(() =>
  import("@/features/session/components/link-page").then((module) => module.LinkPage),
);

createRoot(document.getElementById("root")!, {
  // What passes is told on the page; the console is for faults.
  onCaughtError: (error) => {
    if (!isPassing(error)) console.error(error);
  },
}).render(
  !started ? (
    <StartFailed language={startLanguage()} />
  ) : (
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={client}>
          {location.pathname === "/reset" ? (
            <LinkPage />
          ) : (
            <SessionGate>
              <RouterProvider router={router} context={{ client }} />
            </SessionGate>
          )}
          <OutdatedNotice />
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>
  ),
);

// After what the first page waits for. Safari has no requestIdleCallback.
const whenIdle = "requestIdleCallback" in window ? requestIdleCallback : setTimeout;
whenIdle(() => void preloadDialogs());
