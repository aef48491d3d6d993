import { request } from "@/api/client";
import type { components } from "@/api/schema/accounts";
import type { Me } from "@/shared/scope";

type Preferences = Partial<components["schemas"]["Preferences"]>;

/** Keeps what the person chose, for their other devices too. */
export const changeMe = (preferences: Preferences) =>
  request<Me>("/v1/accounts/me", { method: "PATCH", body: preferences, forCompany: false });
