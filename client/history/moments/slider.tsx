/** The whole life of the tracker on one line, to drag through or to play. */
import { Match, Switch, type JSX } from 'solid-js'
import type { Player } from '#client/history/moments/player.ts'
import type { Reading } from '#client/history/moments/moments.ts'
import { Track, type TrackProps } from '#client/history/moments/track.tsx'
import { Icon } from '#client/ui/icon.tsx'
import '#client/history/moments/slider.css'

interface SliderProps extends Omit<TrackProps, 'onTouch' | 'onToggle'> {
  readonly reading: Reading
  /** The moment up to which the screen has followed. */
  readonly shown: number
  readonly player: Player
  readonly again: () => void
  /** What else can be chosen of what is shown. */
  readonly children: JSX.Element
}

export const Slider = (props: SliderProps) => {
  const toggle = (): void => {
    const [thumb] = props.thumbs
    if (!thumb) return
    if (props.player.isPlaying()) {
      props.player.pause()
      thumb.stay(thumb.seq)
    } else props.player.play(thumb.isLive ? 0 : thumb.seq)
  }
  return (
    <section class="moments" aria-label="Moments of this tracker" data-shown={props.shown}>
      <button
        type="button"
        class="button quiet icon small moments-play"
        aria-label={props.player.isPlaying() ? 'Pause' : 'Play the history'}
        data-tip={props.player.isPlaying() ? 'Pause' : 'Play, without the idle time'}
        data-keys="Space on the slider"
        disabled={props.log.last === 0}
        onClick={toggle}
      >
        <Icon name={props.player.isPlaying() ? 'pause' : 'play'} />
      </button>
      <button
        type="button"
        class="button quiet small moments-speed"
        aria-label={`Speed: ${props.player.speed()} times`}
        data-tip="Speed of playing"
        disabled={props.log.last === 0}
        onClick={() => props.player.cycleSpeed()}
      >
        {props.player.speed()}×
      </button>
      <Switch>
        <Match when={props.reading.at === 'failed' && props.reading}>
          {failed => (
            <p class="moments-words" role="alert">
              {failed().message}{' '}
              <button type="button" class="button small" onClick={() => props.again()}>
                Try again
              </button>
            </p>
          )}
        </Match>
        <Match when={props.reading.at === 'ready'}>
          <Track {...props} onTouch={() => props.player.pause()} onToggle={toggle} />
        </Match>
        <Match when={props.reading.at === 'reading' && props.reading}>
          {reading => (
            <div class="moments-words">
              <span id="moments-reading">Reading the history …</span>
              <progress aria-labelledby="moments-reading" max="1" value={reading().done} />
            </div>
          )}
        </Match>
      </Switch>
      {props.children}
    </section>
  )
}
