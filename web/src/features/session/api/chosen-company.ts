const CHOICE = "sellin.company";
const listeners = new Set<() => void>();

/** The company that the person switched to on this device, null before. */
export const getChosenCompany = () => localStorage.getItem(CHOICE);

export function chooseCompany(company: string): void {
  localStorage.setItem(CHOICE, company);
  for (const listener of listeners) listener();
}

export function onCompanyChoice(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
