import { queryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";

const getMe = () => request("get", "/v1/accounts/me", {});

export const meQuery = () => queryOptions({ queryKey: ["me"], queryFn: getMe, staleTime: 300_000 });
