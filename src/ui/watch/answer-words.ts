const meanings: Record<number, string> = {
  0: "no answer",
  200: "OK",
  202: "Accepted",
  204: "Accepted",
  400: "Not understood",
  401: "Not allowed",
  403: "Not allowed",
  404: "No such address",
  408: "Took too long",
  410: "The address is gone",
  413: "Too large",
  429: "Too many requests",
  500: "Broke on their side",
  502: "Broke on their side",
  503: "Not available",
  504: "Took too long",
};

/** What an HTTP status means to someone who set up a webhook. */
export function statusMeaning(status: number): string {
  return meanings[status] ?? (status < 300 ? "Accepted" : status < 400 ? "Sent elsewhere" : "Refused");
}

/** "429 Too many requests"; where no answer came, why: "no answer, connection refused". */
export function answerWords(status: number, answer: string | null): string {
  if (status === 0) return answer ? `no answer, ${answer}` : "no answer";
  return `${status} ${statusMeaning(status)}`;
}

/** Whether the service took the message. */
export function isTaken(status: number): boolean {
  return status >= 200 && status < 300;
}
