/** The few pictures of the frame, drawn on 16 px with one stroke. */
const PATHS = {
  close: 'M4 4l8 8M12 4l-8 8',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  plus: 'M8 3.5v9M3.5 8h9',
  check: 'M3.5 8.5l3 3 6-7',
  down: 'M4.5 6.5L8 10l3.5-3.5',
  left: 'M9.5 4.5L6 8l3.5 3.5',
  right: 'M6.5 4.5L10 8l-3.5 3.5',
  person: 'M8 8a2.5 2.5 0 100-5 2.5 2.5 0 000 5zM3 13.5c.6-2.4 2.6-3.5 5-3.5s4.4 1.1 5 3.5',
  people:
    'M6 8a2.2 2.2 0 100-4.4A2.2 2.2 0 006 8zM1.8 13c.5-2 2.1-3 4.2-3s3.7 1 4.2 3M10.5 3.8a2.1 2.1 0 010 4.1M12 10.2c1.3.4 2.1 1.3 2.4 2.8',
  link: 'M6.8 9.2l2.4-2.4M7.5 4.7l1.2-1.2a2.7 2.7 0 013.8 3.8l-1.2 1.2M8.5 11.3l-1.2 1.2a2.7 2.7 0 01-3.8-3.8l1.2-1.2',
  copy: 'M6 6V3.5h6.5V10H10M3.5 6H10v6.5H3.5z',
  warning: 'M8 3l5.5 10h-11zM8 7v2.5M8 11.4h.01',
  clock: 'M8 13.5a5.5 5.5 0 100-11 5.5 5.5 0 000 11zM8 5v3l2 1.5',
  play: 'M5 3.5l7.5 4.5L5 12.5z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  pin: 'M6 2.5h4l-.5 4.3 2 1.7v1.2h-7V8.5l2-1.7zM8 9.7v3.8',
  signed: 'M3.5 12.5h9M3.5 8l2.8 2.8 6.2-7',
  lock: 'M4.5 7.5h7v5.5h-7zM6 7.5V5.3a2 2 0 014 0v2.2',
  cloud: 'M4.5 12a2.5 2.5 0 01-.3-5A4 4 0 0112 7.2 2.4 2.4 0 0111.5 12zM5 14L13 3',
} as const
export type IconName = keyof typeof PATHS

export const Icon = (props: { readonly name: IconName }) => (
  <svg
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width={props.name === 'more' ? 2.2 : 1.4}
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d={PATHS[props.name]} />
  </svg>
)
