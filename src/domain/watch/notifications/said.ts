const pageBegins = /^\s*(<\?xml[^>]*>\s*)?<(!doctype\s+html|html|head|body)\b/i;

/** Whether an answer is a web page: no service that takes messages sends one, but what stands between may. */
export const isWebPage = (answer: string): boolean => pageBegins.test(answer);

/** What was answered, for a line of text: of a web page its title. */
export function said(answer: string): string {
  if (!isWebPage(answer)) return answer.trim();
  const title = /<title[^>]*>([^<]{1,200})/i.exec(answer)?.[1]?.replace(/\s+/g, " ").trim();
  return title ? `a web page, "${title}"` : "a web page";
}
