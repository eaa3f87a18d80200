/** The part of Jasmine 3 that the harness calls. */
declare module 'jasmine-core/lib/jasmine-core/jasmine.js' {
  export interface FailedExpectation {
    readonly message: string;
    readonly stack: string;
  }
  export interface SpecResult {
    readonly fullName: string;
    readonly status: 'passed' | 'failed' | 'pending' | 'excluded';
    readonly failedExpectations: readonly FailedExpectation[];
    readonly duration: number | null;
  }
  export interface Spec {
    getFullName(): string;
  }
  export interface Environment {
    configure(settings: {
      random: boolean;
      specFilter: (spec: Spec) => boolean;
      failSpecWithNoExpectations: boolean;
    }): void;
    addReporter(reporter: {
      specDone(result: SpecResult): void;
      suiteDone(result: { fullName: string; failedExpectations: readonly FailedExpectation[] }): void;
    }): void;
    execute(): Promise<unknown>;
  }
  export interface Jasmine {
    getEnv(settings: { suppressLoadErrors: boolean }): Environment;
    DEFAULT_TIMEOUT_INTERVAL: number;
  }
  const required: {
    core(required: unknown): Jasmine;
    interface(jasmine: Jasmine, env: Environment): object;
  };
  export default required;
}
