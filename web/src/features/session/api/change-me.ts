import { request } from "@/api/client";
import type { components } from "@/api/schema/accounts";

type Preferences = components["schemas"]["Preferences"];

/** Keeps what the person chose, for their other devices too. */
export const changeMe = (preferences: Partial<Preferences>) =>
  request("patch", "/v1/accounts/me", {
    // What has a default may be left out of a request; the generated type is that of answers.
    body: preferences as Preferences,
  });
