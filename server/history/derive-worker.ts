/** The thread that makes rows of changes. */
import { derive, type Derived, type Stretch } from '#server/history/derive.ts'
import { answerCalls } from '#server/thread.ts'

answerCalls<Stretch, Derived>(derive)
