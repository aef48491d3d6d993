/** Service to the version of its contract that this build is made for (web/contracts). */
declare const __CONTRACTS__: Readonly<Record<string, string>>;
