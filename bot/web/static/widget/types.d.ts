// The shapes that pass between server, widget and page. Only the type checker reads this file.

export interface QuickReply {
  text: string;
  payload: string;
}

/** One thing in the log; which fields it has depends on its kind. */
export interface Entry {
  id: string;
  kind: "message" | "event";
  /** ms since 1970 */
  at: number;
  author?: "customer" | "bot" | "agent";
  text?: string;
  /** first name of the agent who wrote, joined or left */
  name?: string;
  what?: string;
  event_id?: string;
  quick_replies?: QuickReply[];
}

/** Who the conversation is with. */
export interface State {
  holder: "bot" | "waiting" | "agent";
  agent: { name: string } | null;
  team_online: boolean;
  position: number | null;
  wait: string;
  can_rate: boolean;
  /** the team has closed it, and the customer has not written since */
  over: boolean;
  email: string | null;
}

export interface Session {
  token: string;
  conversation: string;
  state: State;
  entries: Entry[];
  welcome: { text: string; quick_replies: QuickReply[] };
}

/** A message on its way; `event_id` stays the same through every try. */
export interface Letter {
  event_id: string;
  text: string;
  at: number;
}

/** A conversation of before, kept in this browser. */
export interface Earlier {
  conversation: string;
  token: string;
  /** ms since 1970 when it was left */
  at: number;
  /** what the customer wrote first */
  words: string;
}

/** What the strip and the cards can have done. */
export interface Actions {
  api: import("./wire.js").Api;
  say(text: string): void;
  cancel(): Promise<void>;
  leaveEmail(email: string): Promise<void>;
  rate(score: number, comment: string): Promise<void>;
  begin(): void;
}

/** What the log can have done. */
export interface LogActions {
  say(text: string): void;
  again(eventId: string): void;
  takeBack(letter: Letter): void;
}

/** What the embedding page may tell us. */
export interface HostMessage {
  type: "hello" | "open" | "closed" | "say";
  open?: boolean;
  focus?: boolean;
  /** part of the page: there is nothing to close */
  fixed?: boolean;
  /** the shop's own colour, and what can be read on it */
  colours?: string[];
  text?: string;
}
