/** What lies in files, as whoever gets hold of the disk would read it. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Whether a text stands anywhere in the files of a folder, and of those below it. */
export const holdsText = async (folder: string, text: string): Promise<boolean> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries)
    if (entry.isFile() && (await readFile(join(entry.parentPath, entry.name))).includes(text))
      return true
  return false
}
