CREATE TABLE `redactions` (
	`id` text PRIMARY KEY NOT NULL,
	`tracker_id` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`reason` text NOT NULL,
	`places` text NOT NULL,
	`done_at` integer,
	FOREIGN KEY (`tracker_id`) REFERENCES `trackers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `redactions_tracker` ON `redactions` (`tracker_id`,`at`);--> statement-breakpoint
CREATE TABLE `reviews` (
	`tracker_id` text NOT NULL,
	`account_id` text NOT NULL,
	`address` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`tracker_id`, `account_id`, `address`),
	FOREIGN KEY (`tracker_id`) REFERENCES `trackers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sign_offs` (
	`snapshot_id` text NOT NULL,
	`account_id` text NOT NULL,
	`at` integer NOT NULL,
	`note` text NOT NULL,
	PRIMARY KEY(`snapshot_id`, `account_id`),
	FOREIGN KEY (`snapshot_id`) REFERENCES `snapshots`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `visits` (
	`tracker_id` text NOT NULL,
	`account_id` text NOT NULL,
	`baseline_seq` integer NOT NULL,
	`baseline_at` integer NOT NULL,
	`seen_seq` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`reviewed_seq` integer NOT NULL,
	PRIMARY KEY(`tracker_id`, `account_id`),
	FOREIGN KEY (`tracker_id`) REFERENCES `trackers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `changes` ADD `movement` integer;--> statement-breakpoint
ALTER TABLE `snapshots` ADD `pinned` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `snapshots` ADD `stands_for` integer DEFAULT 0 NOT NULL;