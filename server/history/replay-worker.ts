/** The thread that reads past states. */
import { replay, type Replay } from '#server/history/replay.ts'
import { answerCalls } from '#server/thread.ts'
import type { Tracker } from '#shared/tracker.ts'

answerCalls<Replay, Tracker>(replay)
