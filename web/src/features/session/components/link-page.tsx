import { ResetPage } from "@/features/session/components/reset-page";
import { VerifiedPage } from "@/features/session/components/verified-page";

/** Where all links lead that Identity Platform sends: `/reset?mode=…&oobCode=…`. */
export function LinkPage() {
  const mode = new URLSearchParams(location.search).get("mode");
  return mode === "verifyEmail" ? <VerifiedPage /> : <ResetPage />;
}
