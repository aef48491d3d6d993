import { queryOptions } from "@tanstack/react-query";
import { request } from "@/api/client";

const getCompany = () => request("get", "/v1/accounts/company", {});

/** Credit is part of it, so it is asked for again after a while. */
export const companyQuery = (company: string) =>
  queryOptions({
    queryKey: [company, "company"],
    queryFn: getCompany,
    staleTime: 60_000,
  });
