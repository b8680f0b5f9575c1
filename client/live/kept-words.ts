/** Words of mine that the server did not take, in a notice that stays until they are copied or it is closed. */
import { notify, type Notice } from '#client/ui/toaster.tsx'

export const notifyKept = (text: string, words: string): void =>
  void notify({ tone: 'warning', text, ...copying(words) })

const copying = (words: string): Pick<Notice, 'quote' | 'action'> =>
  words === ''
    ? {}
    : {
        quote: words,
        action: {
          label: 'Copy my text',
          run: async () => navigator.clipboard.writeText(words),
          // Without the right to write to the clipboard.
          refusal: 'The browser did not allow copying. Your text is marked: copy it by hand.',
        },
      }
