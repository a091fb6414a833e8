/** What happens to the two sample projects and the person on the recorded day. */
export interface DemoActs {
  /** A commit of the shop, deployed; a bad one makes its service unwell. */
  deploy(message: string, isGood: boolean): Promise<void>;
  /** The shop's report from now on. */
  report(scores: { stability: number; mode: 'FAST' | 'SAFE' | 'HALT' }): void;
  wellbeing(value: number, tags: readonly string[]): Promise<void>;
  /** A training run of the model that needs MEDIUM. */
  train(): Promise<void>;
  ups(isOnBattery: boolean, chargePercent: number): void;
  gate(change: string): Promise<void>;
}

export interface DemoEvent {
  /** Local time of the recorded day, "HH:MM". */
  readonly at: string;
  readonly text: string;
  readonly act: (acts: DemoActs) => void | Promise<void>;
}

/** Beside the battery's own day, which the recording tells. In order of time. */
export const DEMO_DAY: readonly DemoEvent[] = [
  { at: '09:05', text: 'slept badly', act: (acts) => acts.wellbeing(62, ['slept-badly']) },
  { at: '09:20', text: 'shop deploys a feature', act: (acts) => acts.deploy('feat: gift cards', true) },
  {
    at: '10:30',
    text: 'shop deploys a feature that breaks it',
    act: (acts) => acts.deploy('feat: faster checkout', false),
  },
  {
    at: '12:30',
    text: "shop's report says HALT",
    act: (acts) => acts.report({ stability: 34, mode: 'HALT' }),
  },
  { at: '12:40', text: 'a push to main asks', act: (acts) => acts.gate('feature') },
  {
    at: '13:05',
    text: "shop's report is well again",
    act: (acts) => acts.report({ stability: 81, mode: 'FAST' }),
  },
  { at: '14:40', text: 'the model begins to train', act: (acts) => acts.train() },
  { at: '15:50', text: 'a push to main asks', act: (acts) => acts.gate('feature') },
  { at: '19:40', text: 'power cut; the UPS holds', act: (acts) => acts.ups(true, 88) },
  { at: '19:46', text: 'the UPS runs down', act: (acts) => acts.ups(true, 61) },
  { at: '19:52', text: 'power is back', act: (acts) => acts.ups(false, 70) },
  { at: '21:10', text: 'a fix goes out', act: (acts) => acts.deploy('fix: rounding of vouchers', true) },
];
