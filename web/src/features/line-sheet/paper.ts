import type { LineSheetSearch } from "@/features/line-sheet/search";
import type { Company } from "@/shared/scope";

/** Where Letter is the common paper (CLDR, paper sizes); A4 is everywhere else. */
const LETTER = ["US", "CA", "MX"];

/** The paper that is asked for, else the usual one of the company's country. */
export function paperOf(search: LineSheetSearch, company: Pick<Company, "address">) {
  return search.paper ?? (LETTER.includes(company.address.country) ? "letter" : "a4");
}
