/** Service to the version of its contract that this build is made for (web/contracts). */
declare const __CONTRACTS__: Readonly<Record<string, string>>;

/** Language to Lingui's id to text: what is shown while no catalogue could be loaded. */
declare const __START_WORDS__: Readonly<Record<string, Readonly<Record<string, string>>>>;
