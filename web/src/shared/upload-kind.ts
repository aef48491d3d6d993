/** Largest file that the service takes. */
export const MOST_BYTES = 4 * 2 ** 20;

export const ACCEPTED = [
  ".xlsx",
  ".csv",
  "text/csv",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
];

const XLSX = ACCEPTED[3]!;
/** How archives begin, and Excel's old or encrypted files, which the service can tell of. */
const BEGINNINGS = ["504b", "d0cf"];

/**
 * The file with the media type of what it holds. Systems on which Excel is installed call
 * CSV a file of Excel, others know neither.
 */
export async function withMediaType(file: Blob): Promise<Blob> {
  const [first = 0, second = 0] = new Uint8Array(await bytesOf(file.slice(0, 2)));
  const beginning = [first, second].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return new Blob([file], { type: BEGINNINGS.includes(beginning) ? XLSX : "text/csv" });
}

function bytesOf(blob: Blob): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.onerror = () => reject(reader.error ?? new Error("unreadable"));
    reader.readAsArrayBuffer(blob);
  });
}
