const CHOICE = "sellin.company";
const listeners = new Set<() => void>();

// Each tab has its own; a new one begins with what was chosen last on this device.
let chosen = sessionStorage.getItem(CHOICE) ?? localStorage.getItem(CHOICE);

/** The company that the person switched to in this tab, null before. */
export const getChosenCompany = () => chosen;

export function chooseCompany(company: string): void {
  chosen = company;
  sessionStorage.setItem(CHOICE, company);
  localStorage.setItem(CHOICE, company);
  for (const listener of listeners) listener();
}

export function onCompanyChoice(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
