/** The thread that searches and blanks. */
import { answer } from '#server/history/redact.ts'
import { answerCalls } from '#server/thread.ts'

answerCalls(answer)
