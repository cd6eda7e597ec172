const words: Record<string, string> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a part of its path is no folder",
  EISDIR: "it is a folder",
  EEXIST: "a file of that name is there",
  EROFS: "nothing can be written there",
  ENOSPC: "the disk is full",
};

/** Why a file can't be read or written, in words. */
export function fileFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return ("code" in error && words[String(error.code)]) || error.message;
}
