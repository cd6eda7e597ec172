import { eventually } from "@/testing/eventually";
import type { HeldLine } from "./held-line";
import { pause } from "./seeded";
import type { SupervisedProgram } from "./supervised-program";

/** What a moment is found by. `state` asks the server, `random` is the seed's. */
export type Scene = {
  program: SupervisedProgram;
  line: HeldLine;
  request(): Promise<string>;
  state(commandId: string): Promise<string>;
  random(): number;
};

/**
 * Moments around a command at which its supervisor dies. Each brings the command exactly there and answers its id;
 * `begun` says whether the deed may have been begun by then, `known` whether its end was in the journal.
 */
export const killMoments: readonly {
  name: string;
  begun: boolean;
  known: boolean;
  reach(scene: Scene): Promise<string>;
}[] = [
  {
    name: "sent, not received",
    begun: false,
    known: false,
    reach: async ({ line, request, state }) => {
      line.hold("toAgent");
      const id = await request();
      await eventually(async () => (await state(id)) === "sent");
      return id;
    },
  },
  {
    name: "received, the acknowledgement on its way",
    begun: false,
    known: false,
    reach: async ({ line, request, program }) => {
      line.hold("toServer");
      const id = await request();
      await program.reaches(id, "acknowledged");
      return id;
    },
  },
  {
    name: "acknowledged, not begun",
    begun: false,
    known: false,
    reach: async ({ line, request, program, state }) => {
      line.hold("toServer");
      const id = await request();
      await program.reaches(id, "acknowledged");
      line.hold("toAgent");
      line.release("toServer");
      await eventually(async () => (await state(id)) === "acknowledged");
      return id;
    },
  },
  {
    name: "in the middle of doing it",
    begun: true,
    known: false,
    reach: async ({ request, program, random }) => {
      const id = await request();
      await program.reaches(id, "started");
      await pause(random() * 700);
      return id;
    },
  },
  {
    name: "done, the news on its way",
    begun: true,
    known: true,
    reach: async ({ line, request, program, state }) => {
      const id = await request();
      await eventually(async () => (await state(id)) === "running");
      line.hold("toServer");
      await program.reaches(id, "done");
      return id;
    },
  },
  {
    name: "done and told, its answer on the way",
    begun: true,
    known: true,
    reach: async ({ line, request, program, state }) => {
      const id = await request();
      await eventually(async () => (await state(id)) === "running");
      line.hold("toServer");
      await program.reaches(id, "done");
      line.hold("toAgent");
      line.release("toServer");
      await eventually(async () => (await state(id)) === "succeeded");
      return id;
    },
  },
  {
    name: "any moment",
    begun: true,
    known: false,
    reach: async ({ request, random }) => {
      const id = await request();
      await pause(random() * 1_200);
      return id;
    },
  },
];
