/** For how long snapshots stay, in a line. */
import type { Retention } from '#shared/snapshots.ts'

export const retentionWords = ({ allHours, dailyDays, hourlyDays }: Retention): string => {
  const steps = [
    ...(hourlyDays * 24 > allHours ? [`hourly up to ${counted(hourlyDays, 'day')}`] : []),
    ...(dailyDays > hourlyDays ? [`daily up to ${counted(dailyDays, 'day')}`] : []),
  ]
  const all = allHours > 0 ? `all stay for ${counted(allHours, 'hour')}, then ` : 'stay '
  const rest = [...steps, steps.length > 0 ? 'weekly after that' : 'weekly'].join(', ')
  return `Automatic snapshots ${all}${rest}. What somebody saved, named, pinned, signed or uses stays for good. Every moment between them is on the slider.`
}

const counted = (many: number, one: string): string => `${many} ${many === 1 ? one : `${one}s`}`
