// Every command with the module that builds it, loaded when it is called: the start of a command waits for no other's packages.
import type { Command } from 'commander';
import type { Terminal } from './terminal.js';

/** Builds a command. Aborting the signal ends what it does. */
export type CommandBuilder = (terminal: Terminal, signal: AbortSignal) => Command;

/** The commands in the order of the help. */
export const COMMANDS: Readonly<Record<string, () => Promise<CommandBuilder>>> = {
  profile: async () => (await import('./profile-command.js')).profileCommand,
  train: async () => (await import('./train-command.js')).trainCommand,
  evaluate: async () => (await import('./evaluate-command.js')).evaluateCommand,
  predict: async () => (await import('./predict-command.js')).predictCommand,
  explain: async () => (await import('./explain-command.js')).explainCommand,
  models: async () => (await import('./models-command.js')).modelsCommand,
  mlflow: async () => (await import('./mlflow-command.js')).mlflowCommand,
  features: async () => (await import('./features-command.js')).featuresCommand,
  drift: async () => (await import('./drift-command.js')).driftCommand,
  serve: async () => (await import('./serve-command.js')).serveCommand,
  schema: async () => (await import('./schema-command.js')).schemaCommand,
};
