// What stream.js takes and gives. Only the type checker reads this file.

export type StreamState = "connecting" | "open" | "waiting" | "offline" | "closed";

export interface StreamEvent {
  /** name of the event; "message" when the server names none */
  type: string;
  /** id of the last event so far, "" when none had one */
  id: string;
  /** the parsed JSON, or null when there is none */
  data: any;
}

export interface StreamOptions {
  headers?(): Record<string, string>;
  /** resume after this id */
  lastId?: string;
  onEvent(event: StreamEvent): void;
  onState?(state: StreamState): void;
  /** for 401 and 403: true tries again */
  onRefused?(status: number): Promise<boolean>;
}

export interface Stream {
  close(): void;
  /** connect now instead of after the pause */
  retry(): void;
}
