CREATE TABLE `change_marks` (
	`document` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`seq` integer NOT NULL,
	`state_seq` integer NOT NULL,
	`state` blob,
	FOREIGN KEY (`document`) REFERENCES `documents`(`name`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `changes` (
	`document` text NOT NULL,
	`first_seq` integer NOT NULL,
	`last_seq` integer NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`account` text NOT NULL,
	`address` text NOT NULL,
	`issue` text,
	`party` text,
	`field` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`restore` text,
	PRIMARY KEY(`document`, `first_seq`, `address`),
	FOREIGN KEY (`document`) REFERENCES `documents`(`name`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `changes_newest` ON `changes` (`document`,`last_seq`);--> statement-breakpoint
CREATE INDEX `changes_cell` ON `changes` (`document`,`issue`,`party`,`last_seq`);--> statement-breakpoint
CREATE INDEX `changes_open` ON `changes` (`document`,`last_at`);