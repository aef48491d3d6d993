import { queryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";
import type { Me } from "@/shared/scope";

const getMe = () => request<Me>("/v1/accounts/me", { forCompany: false });

export const meQuery = () => queryOptions({ queryKey: ["me"], queryFn: getMe, staleTime: 300_000 });
