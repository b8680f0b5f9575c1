/** Saves what the server answers as a file, under the name that the server gives it. */
export const download = (path: string): void => {
  const link = document.createElement('a')
  link.href = path
  link.download = ''
  link.click()
}
